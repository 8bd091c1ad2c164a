-- Why: judges how a new statement, and those after it, follow from the ones before, and opens and closes cases
-- accordingly. Statements may come in any order, overlap, and lack balances.
-- Reads: statement, statement_line
-- Writes: statement, reconciliation_case
-- Locks: none; the caller holds the statement lock of the account
create or replace function judge_statement_gaps(p_statement bigint, p_now timestamptz) returns void
language plpgsql as $$
declare
    v_new statement;
    v_until date;
    v_next statement;
    v_before record;
    v_expected bigint;
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
        v_gap := null;
        -- A part of a day follows from another part of it; or is told a second time.
        if exists (
            select 1 from statement a
            where a.account_number = v_next.account_number and a.id <> v_next.id
                and (a.last_day = v_next.first_day and a.closing_balance = v_next.opening_balance
                    or a.first_day = v_next.first_day and a.opening_balance = v_next.opening_balance
                        and a.id < v_next.id))
            or exists (
                select 1 from statement_line l
                where l.account_number = v_next.account_number and l.booked_on = v_next.first_day
                    and l.statement_id <> v_next.id and l.balance = v_next.opening_balance)
        then
            v_gap := 0;
        end if;
        -- What the one before it leads to: a part of the same day; the statement that ended before; one that overlaps.
        for v_before in
            (select 1 as rule, closing_balance as balance, first_day, last_day from statement
                where account_number = v_next.account_number and last_day = v_next.first_day
                    and closing_balance is not null and (first_day < v_next.first_day or id < v_next.id)
                order by id desc limit 1)
            union all
            (select 2, closing_balance, last_day + 1, last_day from statement
                where account_number = v_next.account_number and last_day < v_next.first_day
                    and closing_balance is not null
                order by last_day desc, id desc limit 1)
            union all
            (select 3, opening_balance, first_day, last_day from statement
                where account_number = v_next.account_number and first_day < v_next.first_day
                    and last_day >= v_next.first_day and opening_balance is not null
                order by first_day desc, id desc limit 1)
            order by rule
        loop
            exit when v_gap = 0;
            v_expected := v_before.balance + case when v_before.rule = 1 then 0 else coalesce((
                select sum(l.amount) from statement_line l
                where l.account_number = v_next.account_number and l.booked_on < v_next.first_day
                    and l.booked_on >= v_before.first_day), 0) end;
            v_gap := case when v_next.opening_balance = v_expected then 0
                else coalesce(v_gap, v_next.opening_balance - v_expected) end;
        end loop;
        v_gap := coalesce(v_gap, 0);
        update statement set gap = v_gap where id = v_next.id and gap <> v_gap;
        if v_gap <> 0 then
            insert into reconciliation_case as c (kind, subject, account_number, amount, evidence)
            values ('statement_gap', 'statement:' || v_next.id, v_next.account_number, v_gap, jsonb_build_object(
                'opening_balance', v_next.opening_balance, 'previous_closing_balance', v_next.opening_balance - v_gap))
            on conflict on constraint reconciliation_case_kind_subject_key do update
                set amount = excluded.amount, evidence = excluded.evidence where c.amount <> excluded.amount;
        else
            update reconciliation_case
            set state = 'closed', ended_at = p_now, ended_by = 'system', action = 'statement_came'
            where kind = 'statement_gap' and subject = 'statement:' || v_next.id and state = 'open';
        end if;
    end loop;
end $$;
