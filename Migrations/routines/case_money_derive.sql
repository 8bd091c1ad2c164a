-- Why: whoever writes the row, what is held is what the facts say; how much of it is used is checked by the table.
-- Reads: what case_held reads
-- Writes: the row itself
-- Locks: none
create or replace function case_money_derive() returns trigger language plpgsql as $$
begin
    -- Whoever writes the row, what is held is what the facts say.
    new.held := case_held(new.case_id);
    if tg_op = 'INSERT' then new.used := 0; end if;
    return new;
end $$;
create or replace trigger case_money_derive before insert or update on case_money
    for each row execute function case_money_derive();
