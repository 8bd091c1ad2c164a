-- Why: as texts_erased, for rows that were set aside with their statement.
-- Reads: the old and new row, erased_entry
-- Writes: nothing
-- Locks: none
create or replace function undone_row_erased() returns trigger language plpgsql as $$
begin
    if (new.source, new.row_id, new.statement_id) is distinct from (old.source, old.row_id, old.statement_id)
        or new.content <> old.content
            - '{memo,raw,counterparty_name,counterparty_account,counterparty_bank,salt}'::text[]
        or not exists (
            select 1 from erased_entry e where e.row_id = new.row_id
                and e.kind = case new.source when 'bank_notice' then 4 when 'statement_line' then 5 end)
    then
        raise exception 'undone_row rows are facts: they are never changed or deleted'
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create or replace trigger undone_row_erased before update on undone_row
    for each row execute function undone_row_erased();
