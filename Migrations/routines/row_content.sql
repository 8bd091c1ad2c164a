-- Why: the hash of a row's content, whatever its table: a column that is added later and is null changes nothing.
-- Stable, as convert_to is: PostgreSQL puts the text of a function in the place of its call only if it is no less
-- volatile than it says.
-- Reads: nothing
-- Writes: nothing
-- Locks: none
create or replace function row_content(p_row jsonb, p_left_out text[]) returns bytea language sql stable as $$
    select sha256(convert_to((jsonb_strip_nulls(p_row) - p_left_out)::text, 'UTF8'))
$$;
