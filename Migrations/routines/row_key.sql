-- Why: a row's key in one text, whatever its table.
-- Reads: nothing
-- Writes: nothing
-- Locks: none
create or replace function row_key(p_row jsonb, p_columns text[]) returns text language sql immutable as $$
    select string_agg(p_row ->> c.name, ' ' order by c.place)
    from unnest(p_columns) with ordinality as c (name, place)
$$;
