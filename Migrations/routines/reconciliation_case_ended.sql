-- Why: records the end of a case in its history and ends its waiting proposal.
-- Reads: the old and new row
-- Writes: case_event, case_proposal
-- Locks: the proposal that waits
create or replace function reconciliation_case_ended() returns trigger language plpgsql as $$
begin
    -- An action of a person records itself, with its actor; this is for cases that end by themselves.
    if new.state = 'closed' then
        insert into case_event (case_id, event, actor_id, actor_name, detail)
        values (new.id, 'closed', 'system', 'system', jsonb_build_object('action', new.action));
    end if;
    if new.state <> 'open' then
        update case_proposal set state = 'withdrawn', decided_by = 'system', decided_by_name = 'system',
            decided_at = now()
        where case_id = new.id and state = 'waiting';
    end if;
    return null;
end $$;
create or replace trigger reconciliation_case_ended after update of state on reconciliation_case
    for each row when (old.state is distinct from new.state) execute function reconciliation_case_ended();
