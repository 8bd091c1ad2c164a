-- Why: the last day by which a payment of a day must be on a statement.
-- Reads: account_terms, bank_holiday, bank_weekend
-- Writes: nothing
-- Locks: none
create or replace function cut_off(p_account text, p_day date) returns date language plpgsql stable as $$
declare
    v_left integer := coalesce((select cut_off_days from account_terms where account_number = p_account), 1);
    v_day date := p_day;
begin
    while v_left > 0 and v_day < p_day + 100 loop
        v_day := v_day + 1;
        if not exists (select 1 from bank_holiday h where h.day = v_day)
            and not exists (select 1 from bank_weekend w where w.isodow = extract(isodow from v_day))
        then
            v_left := v_left - 1;
        end if;
    end loop;
    return v_day;
end $$;
