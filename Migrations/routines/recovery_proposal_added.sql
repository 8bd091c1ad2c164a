-- Why: checks that a recovery names its statement's importer, who may not confirm it, and a line of that statement,
-- whoever writes the row. Neither ever changes.
-- Reads: the new rows, statement_line, statement
-- Writes: nothing
-- Locks: none
create or replace function recovery_proposal_added() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from inserted i
        where (select l.statement_id from statement_line l where l.id = i.line_id) is distinct from i.statement_id
            or (select s.imported_by_id from statement s where s.id = i.statement_id) is distinct from i.imported_by)
    then
        raise exception 'a recovery names a line that is not of its statement, or another importer'
            using errcode = 'foreign_key_violation', constraint = 'recovery_proposal_named_fkey';
    end if;
    return null;
end $$;
create or replace trigger recovery_proposal_added after insert on recovery_proposal
    referencing new table as inserted for each statement execute function recovery_proposal_added();
