-- Why: raises the error for a change of state that is not in the table of changes, from within a query.
-- Reads: nothing
-- Writes: nothing
-- Locks: none
create or replace function refuse_transition(p_id uuid, p_from text, p_to text) returns text language plpgsql as $$
begin
    raise exception 'payment request % may not go from % to %', p_id, p_from, p_to
        using errcode = 'check_violation', constraint = 'payment_request_transition_check';
end $$;
