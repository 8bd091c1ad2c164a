-- Why: a whole name is found at once, however many have a part of it: the parts of names have lists of a million each.
-- Compatible: a function that the program before does not use.

-- An index is built on it, so it must never change, and is no routine. The name of folded is whole, because the index
-- is made again without a search path when a dump is read.
create function name_pairs(p_name text) returns text[] language sql immutable strict parallel safe as $$
    select coalesce(array_agg(words[i] || ' ' || words[i + 1]), '{}')
    from (select string_to_array(public.folded(p_name), ' ') as words) w,
        generate_series(1, array_length(words, 1) - 1) i
$$;
comment on function name_pairs is 'Each two words of a name that follow one another, without accents in small letters.';
