-- Why: takes what a case holds out of suspense as a loss or a gain. The amount has the sign of what is held.
-- Reads: reconciliation_case
-- Writes: case_money, suspense_use, ledger_transfer, ledger_account
-- Locks: the case, and its row in case_money
create or replace function write_off_case_money(p_case bigint, p_amount bigint, p_now timestamptz) returns void
language plpgsql as $$
declare
    v_account text;
    v_suspense integer;
    v_write_off integer;
begin
    select account_number into strict v_account from reconciliation_case where id = p_case for update;
    insert into case_money (case_id) values (p_case) on conflict do nothing;
    v_suspense := ledger_account_of('suspense', v_account);
    v_write_off := ledger_account_of('write_off', v_account);
    insert into suspense_use (case_id, action, amount) values (p_case, 'write_off', p_amount);
    insert into ledger_transfer (debit_account, credit_account, amount, kind, case_id, booked_on, recorded_at)
    values (case when p_amount > 0 then v_suspense else v_write_off end,
        case when p_amount > 0 then v_write_off else v_suspense end, abs(p_amount), 'write_off', p_case,
        (p_now at time zone 'Asia/Ho_Chi_Minh')::date, p_now);
end $$;
