-- Why: the service may not delete facts. What an undone statement brought leaves its tables through this, which runs
-- with the rights of the owner and takes only what undone_row holds; row_set_aside checks that it holds it whole.
-- Reads: undone_row
-- Writes: line_notice, line_outcome, statement_line, bank_notice
-- Locks: the rows that it deletes, until the transaction ends
create or replace function remove_undone_rows(p_statement bigint) returns void language plpgsql
    security definer set search_path = public, pg_temp as $$
begin
    delete from line_notice t using undone_row u
        where u.statement_id = p_statement and u.source = 'line_notice' and t.notice_id = u.row_id;
    delete from line_outcome t using undone_row u
        where u.statement_id = p_statement and u.source = 'line_outcome' and t.line_id = u.row_id;
    delete from statement_line t using undone_row u
        where u.statement_id = p_statement and u.source = 'statement_line' and t.id = u.row_id;
    delete from bank_notice t using undone_row u
        where u.statement_id = p_statement and u.source = 'bank_notice' and t.id = u.row_id;
end $$;
