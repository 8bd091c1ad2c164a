-- Why: finds rows of versioned tables that are not as their last version says: changed, added or removed without their
-- triggers. 1,000 at most.
-- Needs: row_content, row_key
-- Reads: row_version and each versioned_table
-- Writes: nothing
-- Locks: none
create or replace function rows_rewritten() returns table (source text, row_key text) language plpgsql stable
set timezone = 'UTC'
as $$
declare
    v_table versioned_table;
begin
    for v_table in select * from versioned_table order by name loop
        return query execute format('
            select %1$L::text, coalesce(v.row_key, r.row_key)
            from (
                select distinct on (row_key) row_key, content_hash from row_version
                where source = %1$L order by row_key, id desc) v
            full join (
                select row_key(to_jsonb(t), %2$L) as row_key, row_content(to_jsonb(t), %3$L) as content_hash
                from %1$I t) r on r.row_key = v.row_key and r.content_hash = v.content_hash
            where v.row_key is null or r.row_key is null
            limit 1000', v_table.name, v_table.key_columns, v_table.left_out);
    end loop;
end $$;
