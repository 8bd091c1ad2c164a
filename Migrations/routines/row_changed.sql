-- Why: as row_versioned, for a table that is written thousands of times a second in columns that are left out: the
-- trigger does not fire for these.
-- Needs: row_content, row_key
-- Reads: the new row
-- Writes: row_version
-- Locks: none
create or replace function row_changed() returns trigger language plpgsql
set timezone = 'UTC'
as $$
begin
    insert into row_version (source, row_key, content_hash)
    values (tg_table_name, row_key(to_jsonb(new), tg_argv[0]::text[]), row_content(to_jsonb(new), tg_argv[1]::text[]));
    return null;
end $$;
