-- Why: sets what is held from the facts, whoever writes the row; a check of the table limits how much is used.
-- Reads: what case_held reads
-- Writes: the row itself
-- Locks: none
create or replace function case_money_derive() returns trigger language plpgsql as $$
begin
    -- Derived, whatever the writer supplied.
    new.held := case_held(new.case_id);
    if tg_op = 'INSERT' then new.used := 0; end if;
    return new;
end $$;
create or replace trigger case_money_derive before insert or update on case_money
    for each row execute function case_money_derive();
