-- Why: RFC 3339 in Vietnamese time, as the API writes it: without the zeros at the end of a fraction.
-- Reads: nothing
-- Writes: nothing
-- Locks: none
create or replace function event_time(p_at timestamptz) returns text language sql stable as $$
    select regexp_replace(to_char(p_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '\.?0+$', '')
        || '+07:00'
$$;
