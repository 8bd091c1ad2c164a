-- Why: the receipts of requests that this transaction pays, of agencies whose receipts a provider
-- numbers: orders to it.
-- Needs: charges_of
-- Reads: payment_request, receipt_provider, provider_receipt
-- Writes: provider_receipt; signals khop_receipts
-- Locks: none
create or replace function order_receipts(p_requests uuid[], p_at timestamptz) returns void language plpgsql as $$
begin
    insert into provider_receipt (provider_id, payment_request_id, kind, turn, amount, made_at, next_attempt_at)
    select p.id, r.id, k.kind, coalesce((
            select max(x.turn) from provider_receipt x where x.payment_request_id = r.id and x.kind = k.kind), 0) + 1,
        k.amount, p_at, p_at
    from unnest(p_requests) w (id) join payment_request r on r.id = w.id
        join receipt_provider p on p.agency_code = r.agency_code and p.ended_at is null
        cross join lateral (select coalesce(r.charge_due, charges_of(r.lines)) as charges) c
        cross join lateral (values ('fee', r.amount_due - c.charges), ('charge', c.charges)) k (kind, amount)
    where k.amount > 0
    order by r.id, k.kind;
    if found then perform pg_notify('khop_receipts', ''); end if;
end $$;
