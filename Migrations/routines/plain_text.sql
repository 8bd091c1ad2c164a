-- Why: letters and digits alone: what is left of an id whatever a bank did to it.
-- Reads: nothing
-- Writes: nothing
-- Locks: none
create or replace function plain_text(p_text text) returns text language sql immutable as $$
    select regexp_replace(upper(coalesce(p_text, '')), '[^0-9A-Z]', '', 'g')
$$;
