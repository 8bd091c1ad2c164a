-- Why: books an approved refund: out of revenue or suspense, into what is about to leave the bank.
-- Reads: refund, refund_part, payment_request, reconciliation_case
-- Writes: refund, ledger_transfer, ledger_account, payment_request
-- Locks: the refund, then its request
create or replace function execute_refund(p_refund uuid, p_by text, p_by_name text, p_now timestamptz) returns void
language plpgsql as $$
declare
    v_refund refund;
    v_counted bigint;
    v_fee bigint;
    v_today date := (p_now at time zone 'Asia/Ho_Chi_Minh')::date;
begin
    select * into strict v_refund from refund where id = p_refund for update;
    perform 1 from payment_request where id = v_refund.payment_request_id for update;
    update refund set state = 'executed', executed_by = p_by, executed_by_name = p_by_name, executed_at = p_now,
        executed_on = v_today
    where id = p_refund;
    insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id, case_id, refund_id,
        booked_on, recorded_at)
    select case when p.case_id is null then r.revenue_account
            else ledger_account_of('suspense', c.account_number) end,
        ledger_account_of('refund', v_refund.account_number), p.amount, 'refund',
        coalesce(p.payment_request_id, c.payment_request_id), p.case_id, p_refund, v_today, p_now
    from refund_part p
        left join payment_request r on r.id = p.payment_request_id
        left join reconciliation_case c on c.id = p.case_id
    where p.refund_id = p_refund
    order by p.part;

    -- An excess is part of amount_received; late money and lines without a notice are not.
    select coalesce(sum(p.amount), 0) into v_counted
    from refund_part p left join reconciliation_case c on c.id = p.case_id
    where p.refund_id = p_refund and (p.case_id is null
        or (c.kind = 'overpaid' and c.payment_request_id = v_refund.payment_request_id));
    select coalesce(sum(p.amount), 0) into v_fee
    from refund_part p join refund f on f.id = p.refund_id
    where p.payment_request_id = v_refund.payment_request_id and f.state in ('executed', 'settled');
    -- The status speaks of the fee: an excess that goes back leaves the request paid.
    update payment_request r set
        amount_refunded = r.amount_refunded + v_counted,
        status = case
            when r.status not in ('paid', 'partially_refunded') or v_fee = 0 then r.status
            when v_fee >= r.amount_applied then 'refunded'
            else 'partially_refunded' end
    where r.id = v_refund.payment_request_id and v_counted > 0;
end $$;
