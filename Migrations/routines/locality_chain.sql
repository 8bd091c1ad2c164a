-- Why: a locality and everything that it ever lay below, for checks of whose agencies somebody acts for.
-- Reads: locality
-- Writes: nothing
-- Locks: none
create or replace function locality_chain(start text) returns setof text language sql stable as $$
    with recursive chain (code) as (
        select start
        union
        select l.parent_code from chain c join locality l on l.code = c.code
        where l.parent_code is not null and l.ended_in is null
    )
    select code from chain
$$;
