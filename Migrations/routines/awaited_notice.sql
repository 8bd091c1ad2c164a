-- Why: all payments in the books that no line has confirmed: callbacks that brought money, and what cashiers entered as
-- paid without cash.
-- Reads: bank_notice, line_outcome, line_notice, clearing_item
-- Writes: nothing
-- Locks: none
create or replace view awaited_notice as
select b.id, b.account_number, b.payment_request_id, b.amount, b.booked_on, b.occurred_at, b.source from bank_notice b
where b.source = 'callback' and b.applied_amount + b.suspense_amount + b.cleared_amount > 0
    and not exists (select 1 from line_outcome o where o.notice_id = b.id
        and o.outcome in ('matched', 'recovered', 'amount_mismatch'))
    and not exists (select 1 from line_notice n where n.notice_id = b.id)
union all
select b.id, b.account_number, b.payment_request_id, b.amount, b.booked_on, b.occurred_at, b.source
from clearing_item i join bank_notice b on b.id = i.notice_id where i.cleared_at is null;
