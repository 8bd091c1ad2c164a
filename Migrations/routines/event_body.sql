-- Why: the body of an event, as it is signed and sent.
-- Needs: event_time
-- Reads: nothing
-- Writes: nothing
-- Locks: none
create or replace function event_body(p_type text, p_at timestamptz, p_data json) returns json language sql stable as $$
    select row_to_json(b) from (select p_type as "type", event_time(p_at) as "timestamp", p_data as "data") b
$$;
