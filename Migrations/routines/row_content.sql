-- Why: the hash of a row's content, whatever its table: a column that is added later and is null changes nothing.
-- Reads: nothing
-- Writes: nothing
-- Locks: none
create or replace function row_content(p_row jsonb, p_left_out text[]) returns bytea language sql immutable as $$
    select sha256(convert_to((jsonb_strip_nulls(p_row) - p_left_out)::text, 'UTF8'))
$$;
