-- Why: what a case has in suspense: positive for money that came, negative for money that left. Derived from the facts.
-- Reads: reconciliation_case, bank_notice, line_outcome
-- Writes: nothing
-- Locks: none
create or replace function case_held(p_case bigint) returns bigint language sql stable as $$
    select coalesce(case
        when c.subject = 'notice:' || c.notice_id and c.kind in ('overpaid', 'late', 'unknown_reference')
            then (select b.suspense_amount from bank_notice b where b.id = c.notice_id)
        when c.subject = 'line:' || c.statement_line_id and c.kind in ('amount_mismatch', 'duplicate_line', 'unmatched')
            then (select o.suspense_amount from line_outcome o where o.line_id = c.statement_line_id)
        end, 0)
    from reconciliation_case c where c.id = p_case
$$;
