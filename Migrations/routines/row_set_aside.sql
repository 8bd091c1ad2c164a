-- Why: what a statement brought leaves its table only whole, for undone_row, and only if the statement was undone,
-- whoever deletes it. The trigger's argument names the column that undone_row knows the row by.
-- Reads: the old rows, undone_row, statement
-- Writes: nothing
-- Locks: none
create or replace function row_set_aside() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from (
            select (to_jsonb(r) ->> tg_argv[0])::bigint as row_id, to_jsonb(r) as content from removed r) gone
        where not exists (
            select 1 from undone_row u join statement s on s.id = u.statement_id and s.undone_at is not null
            where u.source = tg_table_name and u.row_id = gone.row_id and u.content = gone.content))
    then
        raise exception '% rows are facts: they are never deleted; those of an undone statement are set aside',
            tg_table_name using errcode = 'restrict_violation';
    end if;
    return null;
end $$;
create or replace trigger statement_line_set_aside after delete on statement_line referencing old table as removed
    for each statement execute function row_set_aside('id');
create or replace trigger line_outcome_set_aside after delete on line_outcome referencing old table as removed
    for each statement execute function row_set_aside('line_id');
create or replace trigger line_notice_set_aside after delete on line_notice referencing old table as removed
    for each statement execute function row_set_aside('notice_id');
create or replace trigger bank_notice_set_aside after delete on bank_notice referencing old table as removed
    for each statement execute function row_set_aside('id');
