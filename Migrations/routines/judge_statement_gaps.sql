-- Why: judges how a new statement, and those after it, follow from the ones before, and opens and closes cases
-- accordingly.
-- Reads: statement; what statement_gap reads
-- Writes: statement, reconciliation_case
-- Locks: none; the caller holds the statement lock of the account
create or replace function judge_statement_gaps(p_statement bigint, p_now timestamptz) returns void
language plpgsql as $$
declare
    v_new statement;
    v_until date;
    v_next statement;
    v_gap bigint;
begin
    select * into strict v_new from statement where id = p_statement;
    v_until := (select min(first_day) from statement
        where account_number = v_new.account_number and first_day > v_new.last_day);
    for v_next in
        select * from statement
        where account_number = v_new.account_number and opening_balance is not null
            and first_day between v_new.first_day and coalesce(v_until, v_new.last_day)
        order by first_day, id
    loop
        v_gap := statement_gap(v_next);
        update statement set gap = v_gap where id = v_next.id and gap <> v_gap;
        if v_gap <> 0 then
            insert into reconciliation_case as c (kind, statement_id, account_number, amount, evidence)
            values ('statement_gap', v_next.id, v_next.account_number, v_gap, jsonb_build_object(
                'opening_balance', v_next.opening_balance, 'previous_closing_balance', v_next.opening_balance - v_gap))
            on conflict (statement_id) where kind = 'statement_gap' do update
                set amount = excluded.amount, evidence = excluded.evidence where c.amount <> excluded.amount;
        else
            update reconciliation_case
            set state = 'closed', ended_at = p_now, ended_by = 'system', action = 'statement_came'
            where kind = 'statement_gap' and statement_id = v_next.id and state = 'open';
        end if;
    end loop;
end $$;
