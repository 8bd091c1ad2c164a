-- Why: A debit line that was taken out of suspense turns out to be a refund: suspense gets its money back from it.
-- Reads: reconciliation_case, refund, statement_line
-- Writes: case_money, suspense_use, ledger_transfer, ledger_account, refund
-- Locks: the case, then the refund
create or replace function settle_refund_from_case(p_case bigint, p_refund uuid, p_now timestamptz) returns void
language plpgsql as $$
declare
    v_case reconciliation_case;
    v_refund refund;
    v_booked_on date;
begin
    select * into strict v_case from reconciliation_case where id = p_case for update;
    select * into strict v_refund from refund where id = p_refund for update;
    select booked_on into strict v_booked_on from statement_line where id = v_case.statement_line_id;
    insert into case_money (case_id) values (p_case) on conflict do nothing;
    insert into suspense_use (case_id, action, amount, refund_id)
    values (p_case, 'refund_line', -v_refund.amount, p_refund);
    insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id, statement_line_id,
        case_id, refund_id, booked_on, recorded_at)
    values (ledger_account_of('refund', v_refund.account_number), ledger_account_of('suspense', v_case.account_number),
        v_refund.amount, 'refund_paid', v_refund.payment_request_id, v_case.statement_line_id, p_case, p_refund,
        v_booked_on, p_now);
    update refund set state = 'settled', settled_at = p_now, statement_line_id = v_case.statement_line_id
    where id = p_refund;
end $$;
