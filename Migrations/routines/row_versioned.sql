-- Why: writes each state of the rows of a versioned_table down, so that a row that was changed unseen is not as its
-- last version says. The triggers' arguments are those of versioned_table.
-- Needs: row_changed, row_content, row_key
-- Reads: the new rows
-- Writes: row_version
-- Locks: none
create or replace function row_versioned() returns trigger language plpgsql
-- Times are hashed as text.
set timezone = 'UTC'
as $$
declare
    v_key constant text[] := tg_argv[0]::text[];
    v_left_out constant text[] := tg_argv[1]::text[];
    v_is_one constant boolean := cardinality(v_key) = 1;
begin
    -- A key of one column as row_key has it, in place: calling that took longer than what it does.
    insert into row_version (source, row_key, content_hash)
    select tg_table_name, case when v_is_one then r.content ->> v_key[1] else row_key(r.content, v_key) end,
        row_content(r.content, v_left_out)
    from inserted i cross join lateral (select to_jsonb(i) as content offset 0) r;
    return null;
end $$;
do $$
declare
    v_table versioned_table;
    v_columns text;
begin
    for v_table in select * from versioned_table loop
        execute format('create or replace trigger %I after insert on %I referencing new table as inserted
            for each statement execute function row_versioned(%L, %L)',
            v_table.name || '_versioned', v_table.name, v_table.key_columns, v_table.left_out);
        if v_table.left_out = '{}' then
            execute format('create or replace trigger %I after update on %I referencing new table as inserted
                for each statement execute function row_versioned(%L, %L)',
                v_table.name || '_versioned_again', v_table.name, v_table.key_columns, v_table.left_out);
        else
            select string_agg(quote_ident(attname), ', ' order by attnum) into v_columns from pg_attribute
            where attrelid = v_table.name::regclass and attnum > 0 and not attisdropped
                and attname <> all (v_table.left_out);
            execute format('create or replace trigger %I after update of %s on %I
                for each row execute function row_changed(%L, %L)',
                v_table.name || '_versioned_again', v_columns, v_table.name, v_table.key_columns, v_table.left_out);
        end if;
    end loop;
end $$;
