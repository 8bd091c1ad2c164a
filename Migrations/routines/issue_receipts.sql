-- Why: the receipts of requests that this transaction pays: one for fees and one for charges of each, as the law asks.
-- Needs: charges_of, order_receipts, take_receipts
-- Reads: payment_request, receipt_collector, receipt_provider
-- Writes: what take_receipts and order_receipts write
-- Locks: what take_receipts locks
create or replace function issue_receipts(p_requests uuid[], p_at timestamptz) returns void language plpgsql
set plan_cache_mode = force_generic_plan
set jit = off
as $$
declare
    v_agencies text[];
    v_kinds text[];
    v_ids uuid[];
    v_amounts bigint[];
begin
    select array_agg(p.agency_code), array_agg(k.kind), array_agg(p.id), array_agg(k.amount)
    into v_agencies, v_kinds, v_ids, v_amounts
    from (
        select r.id, r.agency_code, r.amount_due, coalesce(r.charge_due, charges_of(r.lines)) as charges
        from unnest(p_requests) w (id) join payment_request r on r.id = w.id
        where coalesce((
            select c.issues from receipt_collector c where c.agency_code = r.agency_code
            order by c.id desc limit 1), true)
            and not exists (
                select 1 from receipt_provider v where v.agency_code = r.agency_code and v.ended_at is null)
        ) p cross join lateral (values ('fee', p.amount_due - p.charges), ('charge', p.charges)) k (kind, amount)
    where k.amount > 0;
    if v_ids is not null then
        perform take_receipts(v_agencies, v_kinds, v_ids, v_amounts,
            array_fill(null::bigint, array[cardinality(v_ids)]), null, p_at);
    end if;
    if exists (select 1 from receipt_provider v where v.ended_at is null) then
        perform order_receipts(p_requests, p_at);
    end if;
end $$;
