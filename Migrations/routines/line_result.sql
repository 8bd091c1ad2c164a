-- Why: returns the current outcome of a line. The stored outcome is a fact of the run that decided it; since then a
-- recovery may have waited and been confirmed, turned down (its outcome is then that of its case) or superseded by its
-- callback.
-- Reads: line_outcome, recovery_proposal, reconciliation_case
-- Writes: nothing
-- Locks: none
create or replace view line_result as
select o.line_id, case when o.outcome = 'recovered' and o.suspense_amount > 0 then (
        select case when bool_or(p.state = 'waiting') then 'awaiting_confirmation'
            when bool_or(p.state = 'rejected') then (
                select c.kind from reconciliation_case c
                where c.statement_line_id = o.line_id and c.kind in ('amount_mismatch', 'duplicate_line', 'unmatched'))
            when bool_or(p.state = 'confirmed') then 'recovered'
            else 'matched' end
        from recovery_proposal p where p.line_id = o.line_id)
    else o.outcome end as outcome
from line_outcome o;
