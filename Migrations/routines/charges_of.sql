-- Why: the part of an assessment that is charges (lệ phí), for requests made before it was kept beside the lines.
-- Reads: nothing
-- Writes: nothing
-- Locks: none
create or replace function charges_of(p_lines json) returns bigint language sql immutable as $$
    select coalesce(sum((line ->> 'payable')::bigint) filter (where line ->> 'kind' = 'charge'), 0)::bigint
    from json_array_elements(p_lines) line
$$;
