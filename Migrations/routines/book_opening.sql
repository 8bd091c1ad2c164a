-- Why: books what an account held before its first line, so that books and bank start level. Where an earlier statement
-- has come since, what was booked is taken back on its day.
-- Reads: ledger_transfer; what account_opening reads
-- Writes: ledger_transfer, ledger_account
-- Locks: none; the caller holds the reconcile lock of the account
create or replace function book_opening(p_account text, p_now timestamptz) returns void language plpgsql as $$
declare
    v_bank integer := ledger_account_of('bank', p_account);
    v_opening integer := ledger_account_of('opening', p_account);
    v_want record;
begin
    select * into v_want from account_opening(p_account);
    insert into ledger_transfer (debit_account, credit_account, amount, kind, booked_on, recorded_at)
    select case when change > 0 then v_bank else v_opening end, case when change > 0 then v_opening else v_bank end,
        abs(change), 'opening', booked_on, p_now
    from (
        select booked_on, sum(part)::bigint as change from (
            select v_want.day as booked_on, v_want.amount as part where v_want.amount is not null
            union all
            select t.booked_on, case when t.debit_account = v_bank then -t.amount else t.amount end
            from ledger_transfer t
            where t.kind = 'opening' and v_opening in (t.debit_account, t.credit_account) and v_want.amount is not null
        ) parts group by booked_on
    ) changes
    where change <> 0 order by booked_on;
end $$;
