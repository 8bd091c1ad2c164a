-- Why: the callbacks that brought money which no line has proved, whenever they came.
-- Reads: bank_notice, line_outcome, line_notice
-- Writes: nothing
-- Locks: none
create or replace view awaited_notice as
select b.id, b.account_number, b.payment_request_id, b.amount, b.booked_on, b.occurred_at from bank_notice b
where b.source = 'callback' and b.applied_amount + b.suspense_amount > 0
    and not exists (select 1 from line_outcome o where o.notice_id = b.id
        and o.outcome in ('matched', 'recovered', 'amount_mismatch'))
    and not exists (select 1 from line_notice n where n.notice_id = b.id);
