-- Why: the service may do what it does, and nothing else. Its role owns nothing, so it can neither alter a table nor
-- disable a trigger. Facts it reads and adds; of what has states it changes the columns that change; it deletes only
-- what is kept for a time. `khop migrate` applies this file as a whole: what is not here is not allowed.
do $$ begin
    if not exists (select from pg_roles where rolname = 'khop_app') then
        raise exception 'there is no role khop_app, which the service works as'
            using errcode = 'undefined_object', hint = 'make the roles first: see docs/operations.md';
    end if;
end $$;
revoke all on all tables in schema public from public, khop_app;
revoke all on all sequences in schema public from public, khop_app;
revoke create on schema public from public, khop_app;
grant usage on schema public to khop_app;

-- Which schema this is: khop migrate alone writes it.
grant select on schema_migration, schema_routine, state_transition, case_kind, installation_mode to khop_app;

-- Facts.
grant select, insert on audit_entry, catalogue_version, ledger_account, ledger_transfer, bank_notice, statement_line,
    line_outcome, line_notice, undone_row, case_event, suspense_use, refund_file, refund_part, issuer,
    reconciliation_sign_off, reconciliation_countersignature, approval_limit, catalogue_proposal,
    catalogue_decision to khop_app;
-- Notices are numbered before they are written, so that what is decided about them can name them.
grant usage on sequence bank_notice_id_seq to khop_app;
-- The day of a payment is emptied if it is undone.
grant select, insert, update (paid_on, agency_code) on payment_request_event to khop_app;

-- Access.
grant select, insert, update (secret_hash, previous_secret_hash, previous_until, expires_at, revoked_at, last_used_at,
    last_used_from) on api_key to khop_app;
-- Answers are kept for a time.
grant select, insert, delete on idempotency_key to khop_app;
-- Who a person is and which roles they were given is never changed; sessions and roles end.
grant select, insert, update (disabled_at, password_hash, password_set_at, totp_sealed, totp_key_id, totp_last_step)
    on person to khop_app;
grant select, insert, update (ended_at, ended_by) on person_role, person_identity to khop_app;
grant select, insert, delete, update (used_at) on provider_login to khop_app;
grant select, insert, update (totp_sealed, totp_key_id, used_at, withdrawn_at) on invitation to khop_app;
grant select, insert, update (used_at, withdrawn_at) on login_link to khop_app;
grant select, insert, update (used_at, replaced_at) on recovery_code to khop_app;
grant select, insert, delete, update (last_used_at, factor_at, ended_at, ended_why) on person_session to khop_app;
grant select, insert, delete, update (failures, last_at) on login_attempt to khop_app;
-- What a person keeps for themselves, and throws away.
grant select, insert, delete, update (name) on saved_view to khop_app;

-- The catalogue: versions are added and ended, never changed.
grant select, insert, update (ended_in) on locality, agency, procedure, fee, reduction, discount, target to khop_app;
grant select, insert, update (bank_bin, name) on bank_account to khop_app;

-- Requests and their sums.
grant select, insert, update (status, channel, assessed_on, amount_due, discount_total, charge_due, lines,
    amount_received,
    amount_applied, amount_refunded, fee_refund_claimed, paid_at, paid_on, settled_by) on payment_request to khop_app;
grant select, insert, delete, update (paid_requests, amount_total, discount_total)
    on daily_total, daily_procedure_total to khop_app;

-- Receipts: facts, but for the number that a series has come to.
grant select, insert on receipt, receipt_notice, receipt_collector to khop_app;
grant select, insert, update (last_number, last_issued_at) on receipt_series to khop_app;

grant select, insert, update (sealed, key_id, ended_at, ended_by, ended_by_name) on receipt_provider to khop_app;
grant select, insert, update (state, form, serial, number, issued_at, attempts, asked_at, next_attempt_at, leased_until,
    last_error) on provider_receipt to khop_app;
grant select, insert on receipt_document to khop_app;

-- Messages to payers: an address is added, stopped and erased, never changed.
grant select, insert, update (address, mark, language, stopped_at) on payer_contact to khop_app;
grant select, insert, delete on contact_stop to khop_app;
grant select, insert, update (state, attempts, next_attempt_at, leased_until, ended_at, last_error)
    on payer_message to khop_app;

-- Shifts: facts, but for how a shift ends.
grant select, insert on shift_count, shift_taking, shift_giveback, cash_deposit to khop_app;
grant select, insert, update (state, count_turn, expected_cash, counted_cash, explanation, counted_at, approved_by,
    approved_by_name, approval_note, closed_at, deposit_id) on shift to khop_app;

-- Baskets: facts, but that one is cancelled.
grant select, insert on basket_item, basket_notice, basket_part to khop_app;
grant select, insert, update (cancelled_at) on basket to khop_app;
-- What goes to the State Treasury: facts, but for what becomes of an order.
grant select, insert on treasury_payer, remittance_line to khop_app;
grant select, insert, update (state, approved_by, approved_by_name, approved_at, sent_by, sent_by_name, sent_at,
    sent_on, ended_by, ended_by_name, ended_at, note, settled_at, statement_line_id) on remittance to khop_app;

-- The national payment platform: where payers are sent, each attempt, and the platform's daily files.
grant select, insert on platform_file, platform_row to khop_app;
grant select, insert, update (sealed, key_id, ended_at, ended_by, ended_by_name) on platform_link to khop_app;
grant select, insert, update (state, transaction_id, ended_at, attempts, next_query_at, leased_until, last_error)
    on platform_payment to khop_app;

-- Connections and what they refused.
grant select, insert, update (commission_percent, merchant, merchant_is_learned, issuer_id, disabled_at)
    on connection to khop_app;
grant select, insert, update (sealed, key_id, mark, retired_at) on connection_secret to khop_app;
grant select, insert, update (last_used_at, last_failure_at, last_failure, refused) on connection_use to khop_app;
grant select, insert, update (callbacks, refused), delete on connection_hour to khop_app;
grant select, insert, delete, update (replayed_at, replay_outcome) on refused_callback to khop_app;
grant select, insert, delete, update (sealed, key_id) on raw_key to khop_app;
grant select, insert, update (cleared_by_notice, cleared_by_line, cleared_reference, cleared_at)
    on clearing_item to khop_app;

-- Statements and runs.
grant select, insert, update (format, lines, credits, debits, opening_balance, closing_balance, first_day, last_day,
    overlapping, gap, mapping_id, undone_at, undone_by, undone_note) on statement to khop_app;
grant select, insert, update (accepted_by, accepted_by_name, accepted_at, ended_by, ended_by_name, ended_at, note)
    on statement_mapping to khop_app;
grant select, insert, update (cut_off_days, recovery, changed_at, changed_by) on account_terms to khop_app;
grant select, insert, delete on bank_holiday, bank_weekend to khop_app;
grant select, insert, update (finished_at, counts, abandoned_at) on reconciliation_run to khop_app;
grant select, insert, update (state, notice_id, reason, decided_by, decided_by_name, decided_at)
    on recovery_proposal to khop_app;
grant select, insert, delete, update (is_missing) on unconfirmed_notice to khop_app;
grant select, insert, update (through, line_id, notice_id) on reconciliation_state to khop_app;
-- What an undone statement brought leaves its tables through this alone.
revoke all on function remove_undone_rows(bigint) from public;
grant execute on function remove_undone_rows(bigint) to khop_app;

-- Cases and refunds. Whom a refund is paid to is never changed.
grant select, insert, update (state, amount, evidence, reason, ended_at, ended_by, action, note, assignee, due_on)
    on reconciliation_case to khop_app;
grant select, insert, update (state, decided_by, decided_by_name, decided_at) on case_proposal to khop_app;
grant select, insert, update (used) on case_money to khop_app;
grant select, insert, update (state, note, approved_by, approved_by_name, approved_at, adopted_by, adopted_by_name,
    adopted_at, approvals_needed, second_approved_by, second_approved_by_name, second_approved_at, rejected_by,
    rejected_by_name, rejected_at, executed_by, executed_by_name, executed_at, executed_on, settled_at,
    statement_line_id, handed_out_in, file_id) on refund to khop_app;

-- The outbox: events are kept for a time.
grant select, insert, delete on event to khop_app;
grant select, insert, delete, update (state, attempts, next_attempt_at, leased_until, give_up_at, last_error,
    delivered_at) on event_delivery to khop_app;
grant select, insert, delete, update (sealed, key_id, previous_sealed, previous_until, disabled_at, disabled_reason,
    consecutive_failures, failing_since, last_success_at) on event_endpoint to khop_app;
grant select, insert, update (value, changed_at) on job_state to khop_app;

-- The sealed history.
grant select on versioned_table to khop_app;
grant select, insert on row_version, seal, seal_range, seal_node to khop_app;
grant select on erased_entry to khop_app;
grant select, insert, update (sealed_through, pending_through) on seal_progress to khop_app;
-- Sums of what is sealed, which `khop ledger verify` compares with the facts.
grant select, update (summed_through) on day_sum_progress to khop_app;
grant select, insert, update (amount) on ledger_day to khop_app;
grant select, insert, update (amount, lines) on statement_day to khop_app;
grant select, insert on timing_difference to khop_app;
grant select, insert, delete, update (started_on, online_on) on dossier to khop_app;
grant select, insert, update (dossiers) on dossier_day to khop_app;
grant select, insert, delete on seal_wait to khop_app;
grant select, insert, update (acknowledged, acknowledged_at, attempts, next_attempt_at, leased_until, last_error)
    on seal_witness to khop_app;
-- Personal data are erased, and callbacks as received dropped, through these alone.
revoke all on function erase_texts(smallint, bigint[], bigint), erase_requests(uuid[], bigint),
    erase_cases(bigint[], bigint), erase_refunds(uuid[], bigint), drop_raw_bodies(bigint, timestamptz, integer)
    from public;
grant execute on function erase_texts(smallint, bigint[], bigint), erase_requests(uuid[], bigint),
    erase_cases(bigint[], bigint), erase_refunds(uuid[], bigint), drop_raw_bodies(bigint, timestamptz, integer)
    to khop_app;
-- How far ids were given out.
grant select on sequence audit_entry_id_seq, ledger_transfer_id_seq, payment_request_event_id_seq, bank_notice_id_seq,
    statement_line_id_seq, line_outcome_id_seq, line_notice_id_seq, case_event_id_seq, suspense_use_id_seq,
    row_version_id_seq, receipt_id_seq, receipt_notice_id_seq to khop_app;

grant select on awaited_notice, line_result, request_notice to khop_app;
