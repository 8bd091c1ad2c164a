-- Why: returns what a case has in suspense: positive for money that arrived, negative for money that left. Derived from
-- the facts; case_kind states what holds the money of a kind.
-- Reads: reconciliation_case, case_kind, bank_notice, line_outcome
-- Writes: nothing
-- Locks: none
create or replace function case_held(p_case bigint) returns bigint language sql stable as $$
    select coalesce(case k.held_by
        when 'notice' then (select b.suspense_amount from bank_notice b where b.id = c.notice_id)
        when 'line' then (select o.suspense_amount from line_outcome o where o.line_id = c.statement_line_id)
        end, 0)
    from reconciliation_case c join case_kind k using (kind) where c.id = p_case
$$;
