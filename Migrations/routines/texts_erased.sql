-- Why: facts are never changed, but for personal data: they may go, once their hash is in erased_entry, and a callback
-- as it was received may go after its time. The trigger's arguments are the kind of entry and the columns that may go.
-- Reads: the old and new row, erased_entry
-- Writes: nothing
-- Locks: none
create or replace function texts_erased() returns trigger language plpgsql as $$
declare
    v_old constant jsonb := to_jsonb(old);
    v_new constant jsonb := to_jsonb(new);
    v_personal constant text[] := tg_argv[1];
begin
    if v_new - v_personal <> v_old - v_personal
        or exists (
            select 1 from unnest(v_personal) p (name)
            where v_new -> p.name <> v_old -> p.name and v_new ->> p.name is not null)
        or v_new - 'raw' <> v_old - 'raw' and not exists (
            select 1 from erased_entry e where e.kind = tg_argv[0]::smallint and e.row_id = new.id)
    then
        raise exception '% rows are facts: they are never changed or deleted; correct them by adding one', tg_table_name
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create or replace trigger bank_notice_erased before update on bank_notice
    for each row execute function texts_erased('4', '{memo,raw,salt}');
create or replace trigger statement_line_erased before update on statement_line for each row
    execute function texts_erased('5', '{memo,counterparty_name,counterparty_account,counterparty_bank,salt}');
