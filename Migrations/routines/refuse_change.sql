-- Why: facts are added and never edited: a row of the tables below is corrected by adding another. References without a
-- foreign key (see bank_notice_added) rely on nothing being deleted. What an undone statement brought leaves its tables
-- for undone_row: see row_set_aside. Personal data may be erased: see texts_erased.
-- Reads: nothing
-- Writes: nothing
-- Locks: none
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% rows are facts: they are never changed or deleted; correct them by adding one', tg_table_name
        using errcode = 'restrict_violation';
end $$;

create or replace trigger ledger_transfer_append_only before update or delete or truncate on ledger_transfer
    for each statement execute function refuse_change();
create or replace trigger ledger_account_permanent before delete or truncate on ledger_account
    for each statement execute function refuse_change();
-- The day and agency of a payment that was undone are emptied: it counts for none.
create or replace trigger payment_request_event_append_only before delete or truncate
    or update of id, payment_request_id, event, from_status, to_status, amount_received, happened_at
    on payment_request_event for each statement execute function refuse_change();
create or replace trigger connection_permanent before delete or truncate on connection
    for each statement execute function refuse_change();
create or replace trigger payment_request_permanent before delete or truncate on payment_request
    for each statement execute function refuse_change();
create or replace trigger bank_notice_append_only before truncate on bank_notice
    for each statement execute function refuse_change();
create or replace trigger reconciliation_case_permanent before delete or truncate on reconciliation_case
    for each statement execute function refuse_change();
create or replace trigger statement_append_only before delete or truncate on statement
    for each statement execute function refuse_change();
create or replace trigger statement_line_append_only before truncate on statement_line
    for each statement execute function refuse_change();
create or replace trigger undone_row_append_only before delete or truncate on undone_row
    for each statement execute function refuse_change();
create or replace trigger line_outcome_append_only before update or truncate on line_outcome
    for each statement execute function refuse_change();
create or replace trigger line_notice_append_only before update or truncate on line_notice
    for each statement execute function refuse_change();
create or replace trigger recovery_proposal_permanent before delete or truncate on recovery_proposal
    for each statement execute function refuse_change();
create or replace trigger recovery_proposal_facts before update of run_id, statement_id, line_id, payment_request_id,
    amount, imported_by on recovery_proposal for each statement execute function refuse_change();
create or replace trigger audit_entry_append_only before update or delete or truncate on audit_entry
    for each statement execute function refuse_change();
create or replace trigger api_key_permanent before delete or truncate on api_key
    for each statement execute function refuse_change();
create or replace trigger person_permanent before delete or truncate on person
    for each statement execute function refuse_change();
create or replace trigger person_role_permanent before delete or truncate or update of person_id, role, locality_code,
    until, granted_at, granted_by, delegated_by on person_role for each statement execute function refuse_change();
create or replace trigger person_identity_permanent before delete or truncate
    or update of person_id, issuer, subject, linked_at on person_identity
    for each statement execute function refuse_change();
create or replace trigger approval_limit_append_only before update or delete or truncate on approval_limit
    for each statement execute function refuse_change();
create or replace trigger case_event_append_only before update or delete or truncate on case_event
    for each statement execute function refuse_change();
create or replace trigger suspense_use_append_only before update or delete or truncate on suspense_use
    for each statement execute function refuse_change();
create or replace trigger refund_file_append_only before update or delete or truncate on refund_file
    for each statement execute function refuse_change();
create or replace trigger refund_part_append_only before update or delete or truncate on refund_part
    for each statement execute function refuse_change();
create or replace trigger refund_permanent before delete or truncate on refund
    for each statement execute function refuse_change();
create or replace trigger reconciliation_sign_off_append_only before update or delete or truncate
    on reconciliation_sign_off for each statement execute function refuse_change();
create or replace trigger reconciliation_countersignature_append_only before update or delete or truncate
    on reconciliation_countersignature for each statement execute function refuse_change();
create or replace trigger catalogue_proposal_append_only before update or delete or truncate on catalogue_proposal
    for each statement execute function refuse_change();
create or replace trigger catalogue_decision_append_only before update or delete or truncate on catalogue_decision
    for each statement execute function refuse_change();
create or replace trigger row_version_append_only before update or delete or truncate on row_version
    for each statement execute function refuse_change();
create or replace trigger seal_append_only before update or delete or truncate on seal
    for each statement execute function refuse_change();
create or replace trigger seal_range_append_only before update or delete or truncate on seal_range
    for each statement execute function refuse_change();
create or replace trigger seal_node_append_only before update or delete or truncate on seal_node
    for each statement execute function refuse_change();
create or replace trigger erased_entry_append_only before update or delete or truncate on erased_entry
    for each statement execute function refuse_change();
create or replace trigger receipt_append_only before update or delete or truncate on receipt
    for each statement execute function refuse_change();
create or replace trigger receipt_notice_append_only before update or delete or truncate on receipt_notice
    for each statement execute function refuse_change();
create or replace trigger receipt_collector_append_only before update or delete or truncate on receipt_collector
    for each statement execute function refuse_change();
create or replace trigger receipt_series_permanent before delete or truncate or update of agency_code, kind, year
    on receipt_series for each statement execute function refuse_change();
create or replace trigger shift_permanent before delete or truncate on shift
    for each statement execute function refuse_change();
create or replace trigger shift_count_append_only before update or delete or truncate on shift_count
    for each statement execute function refuse_change();
create or replace trigger shift_taking_append_only before update or delete or truncate on shift_taking
    for each statement execute function refuse_change();
create or replace trigger shift_giveback_append_only before update or delete or truncate on shift_giveback
    for each statement execute function refuse_change();
create or replace trigger cash_deposit_append_only before update or delete or truncate on cash_deposit
    for each statement execute function refuse_change();
create or replace trigger basket_permanent before delete or truncate or update of id, reference, token, bank_bin,
    account_number, account_name, expires_at, created_at, created_by on basket
    for each statement execute function refuse_change();
create or replace trigger basket_item_append_only before update or delete or truncate on basket_item
    for each statement execute function refuse_change();
create or replace trigger basket_notice_append_only before update or delete or truncate on basket_notice
    for each statement execute function refuse_change();
create or replace trigger basket_part_append_only before update or delete or truncate on basket_part
    for each statement execute function refuse_change();
create or replace trigger treasury_payer_append_only before update or delete or truncate on treasury_payer
    for each statement execute function refuse_change();
create or replace trigger remittance_permanent before delete or truncate on remittance
    for each statement execute function refuse_change();
create or replace trigger remittance_line_append_only before update or delete or truncate on remittance_line
    for each statement execute function refuse_change();
create or replace trigger receipt_provider_permanent before delete or truncate or update of agency_code, dialect, url,
    username, tax_code, fee_form, fee_serial, charge_form, charge_serial, set_at, set_by on receipt_provider
    for each statement execute function refuse_change();
create or replace trigger provider_receipt_permanent before delete or truncate on provider_receipt
    for each statement execute function refuse_change();
create or replace trigger receipt_document_append_only before update or truncate on receipt_document
    for each statement execute function refuse_change();
create or replace trigger platform_link_permanent before delete or truncate or update of connection_id, init_url,
    query_url, bill_url, lookup_hash, set_at, set_by on platform_link
    for each statement execute function refuse_change();
create or replace trigger platform_payment_permanent before delete or truncate on platform_payment
    for each statement execute function refuse_change();
create or replace trigger platform_file_append_only before update or delete or truncate on platform_file
    for each statement execute function refuse_change();
create or replace trigger platform_row_append_only before update or delete or truncate on platform_row
    for each statement execute function refuse_change();
create or replace trigger payer_message_permanent before delete or truncate or update of contact_id, kind, occasion,
    amount, remaining, made_at on payer_message for each statement execute function refuse_change();
create or replace trigger payer_contact_permanent before delete or truncate or update of payment_request_id, channel,
    given_by, given_at on payer_contact for each statement execute function refuse_change();
create or replace trigger installation_mode_append_only before update or delete or truncate on installation_mode
    for each statement execute function refuse_change();
