-- Why: a statement's opening balance minus the balance carried forward; 0 if they agree, or if nothing was carried
-- forward. Statements may come in any order, overlap, and lack balances.
-- Reads: statement, statement_line
-- Writes: nothing
-- Locks: none
create or replace function statement_gap(p_statement statement) returns bigint language plpgsql stable as $$
declare
    v_before record;
    v_expected bigint;
    v_gap bigint;
begin
    -- A part of a day follows from another part of it; or is told a second time.
    if exists (
        select 1 from statement a
        where a.account_number = p_statement.account_number and a.id <> p_statement.id
            and (a.last_day = p_statement.first_day and a.closing_balance = p_statement.opening_balance
                or a.first_day = p_statement.first_day and a.opening_balance = p_statement.opening_balance
                    and a.id < p_statement.id))
        or exists (
            select 1 from statement_line l
            where l.account_number = p_statement.account_number and l.booked_on = p_statement.first_day
                and l.statement_id <> p_statement.id and l.balance = p_statement.opening_balance)
    then
        return 0;
    end if;
    -- What the one before it leads to: a part of the same day; the statement that ended before; one that overlaps.
    for v_before in
        (select 1 as rule, closing_balance as balance, first_day, last_day from statement
            where account_number = p_statement.account_number and last_day = p_statement.first_day
                and closing_balance is not null and (first_day < p_statement.first_day or id < p_statement.id)
            order by id desc limit 1)
        union all
        (select 2, closing_balance, last_day + 1, last_day from statement
            where account_number = p_statement.account_number and last_day < p_statement.first_day
                and closing_balance is not null
            order by last_day desc, id desc limit 1)
        union all
        (select 3, opening_balance, first_day, last_day from statement
            where account_number = p_statement.account_number and first_day < p_statement.first_day
                and last_day >= p_statement.first_day and opening_balance is not null
            order by first_day desc, id desc limit 1)
        order by rule
    loop
        v_expected := v_before.balance + case when v_before.rule = 1 then 0 else coalesce((
            select sum(l.amount) from statement_line l
            where l.account_number = p_statement.account_number and l.booked_on < p_statement.first_day
                and l.booked_on >= v_before.first_day), 0) end;
        if p_statement.opening_balance = v_expected then
            return 0;
        end if;
        v_gap := coalesce(v_gap, p_statement.opening_balance - v_expected);
    end loop;
    return coalesce(v_gap, 0);
end $$;
