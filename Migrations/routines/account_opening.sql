-- Why: what an account held before the first line there is, and on which day: by its earliest statement with a balance.
-- Reads: statement, statement_line
-- Writes: nothing
-- Locks: none
create or replace function account_opening(p_account text) returns table (amount bigint, day date)
language plpgsql stable as $$
declare
    v_anchor statement;
    v_first date := (select min(first_day) from statement where account_number = p_account);
begin
    select * into v_anchor from statement
    where account_number = p_account and opening_balance is not null and first_day is not null
    order by first_day, id limit 1;
    if v_anchor.id is null then
        return;
    end if;
    amount := v_anchor.opening_balance;
    day := v_anchor.first_day;
    -- Statements before it told no balance, but lines.
    if v_first < day then
        day := v_first;
        amount := amount - coalesce((
            select sum(l.amount) from statement_line l
            where l.account_number = p_account and l.booked_on >= v_first and l.booked_on < v_anchor.first_day), 0);
    end if;
    return next;
end $$;
