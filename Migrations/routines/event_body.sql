-- Why: the body of an event, as it is signed and sent. One of a test installation says so; one of a live installation
-- has three members.
-- Needs: event_time
-- Reads: installation_mode
-- Writes: nothing
-- Locks: none
create or replace function event_body(p_type text, p_at timestamptz, p_data json) returns json language sql stable as $$
    select case (select mode from installation_mode) when 'test' then (
        select row_to_json(t)
        from (select p_type as "type", event_time(p_at) as "timestamp", 'test' as "mode", p_data as "data") t
    ) else (
        select row_to_json(b) from (select p_type as "type", event_time(p_at) as "timestamp", p_data as "data") b
    ) end
$$;
