-- Why: starts the history of a case with the case.
-- Reads: the new rows
-- Writes: case_event
-- Locks: none
create or replace function reconciliation_case_opened() returns trigger language plpgsql as $$
begin
    insert into case_event (case_id, event, actor_id, actor_name, happened_at)
    select id, 'opened', 'system', 'system', opened_at from inserted order by id;
    return null;
end $$;
create or replace trigger reconciliation_case_opened after insert on reconciliation_case
    referencing new table as inserted for each statement execute function reconciliation_case_opened();
