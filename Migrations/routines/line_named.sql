-- Why: checks that what an outcome names exists. Lines, runs and notices are never deleted, so a reference that is
-- valid once stays valid. A few thousand references are looked up, not joined with years of rows: the new rows have no
-- statistics, and a scalar sub-select is never turned into a join.
-- Reads: the new rows, statement_line, bank_notice
-- Writes: nothing
-- Locks: none
create or replace function line_named() returns trigger language plpgsql as $$
begin
    -- A month's outcomes are made by a join with what they name; `khop ledger verify` checks all of them.
    if (select count(*) from (select 1 from inserted limit 20001) i) > 20000 then
        return null;
    end if;
    if exists (select 1 from inserted i where (select l.id from statement_line l where l.id = i.line_id) is null)
        or exists (select 1 from inserted i where i.notice_id is not null
            and (select b.id from bank_notice b where b.id = i.notice_id) is null)
    then
        raise exception 'an outcome names a line or a notice that does not exist'
            using errcode = 'foreign_key_violation', constraint = 'line_outcome_named_fkey';
    end if;
    return null;
end $$;
create or replace trigger line_outcome_named after insert on line_outcome
    referencing new table as inserted for each statement execute function line_named();
create or replace trigger line_notice_named after insert on line_notice
    referencing new table as inserted for each statement execute function line_named();
