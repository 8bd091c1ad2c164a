-- Why: the service may not delete facts. What an undone statement brought leaves its tables through this, which runs
-- with the rights of the owner and takes only what undone_row holds; row_set_aside checks that it holds it whole.
-- Reads: undone_row, day_sum_progress
-- Writes: statement_day, timing_difference, line_notice, line_outcome, statement_line, bank_notice
-- Locks: the rows that it deletes and those of day_sum_progress, until the transaction ends
create or replace function remove_undone_rows(p_statement bigint) returns void language plpgsql
    security definer set search_path = public, pg_temp as $$
begin
    -- A pass that is summing has ended after this, and the next one finds the rows gone.
    perform 1 from day_sum_progress order by source for share;
    update statement_day d set amount = d.amount - s.amount, lines = d.lines - s.lines
        from (
            select l.account_number, l.booked_on, sum(l.amount)::bigint as amount, count(*) as lines
            from undone_row u join statement_line l on l.id = u.row_id
            where u.statement_id = p_statement and u.source = 'statement_line'
                and l.id <= (select summed_through from day_sum_progress where source = 'statement_line')
            group by 1, 2) s
        where d.account_number = s.account_number and d.booked_on = s.booked_on;
    delete from timing_difference t using undone_row u
        where u.statement_id = p_statement and u.source = 'statement_line' and t.line_id = u.row_id;
    delete from line_notice t using undone_row u
        where u.statement_id = p_statement and u.source = 'line_notice' and t.notice_id = u.row_id;
    delete from line_outcome t using undone_row u
        where u.statement_id = p_statement and u.source = 'line_outcome' and t.line_id = u.row_id;
    delete from statement_line t using undone_row u
        where u.statement_id = p_statement and u.source = 'statement_line' and t.id = u.row_id;
    delete from bank_notice t using undone_row u
        where u.statement_id = p_statement and u.source = 'bank_notice' and t.id = u.row_id;
end $$;
