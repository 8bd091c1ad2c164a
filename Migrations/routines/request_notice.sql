-- Why: what each notice brought for a request, whether it names the request or a basket that has it.
-- Reads: bank_notice, basket_part
-- Writes: nothing
-- Locks: none
create or replace view request_notice as
select b.payment_request_id, b.id as notice_id, b.amount from bank_notice b where b.payment_request_id is not null
union all
select p.payment_request_id, p.notice_id, p.amount from basket_part p;
