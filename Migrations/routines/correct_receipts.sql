-- Why: replaces the receipts of requests where they no longer state what was collected: money was given back, or a
-- payment was undone (Circular 91/2026, article 20.2: an error that is not one of name, address or words is
-- corrected by a replacing receipt). What is given back comes off the fees first, then off the charges.
-- Needs: charges_of, correct_ordered_receipts, take_receipts
-- Reads: payment_request, refund_part, refund, receipt, receipt_series
-- Writes: what take_receipts and correct_ordered_receipts write
-- Locks: what take_receipts locks
create or replace function correct_receipts(p_requests uuid[], p_reason text, p_at timestamptz) returns integer
    language plpgsql as $$
declare
    v_agencies text[];
    v_kinds text[];
    v_ids uuid[];
    v_amounts bigint[];
    v_old bigint[];
begin
    select array_agg(c.agency_code order by c.old), array_agg(c.kind order by c.old), array_agg(c.id order by c.old),
        array_agg(c.amount order by c.old), array_agg(c.old order by c.old)
    into v_agencies, v_kinds, v_ids, v_amounts, v_old
    from (
        select s.agency_code, s.kind, p.id, l.id as old, l.amount as stated,
            -- What is kept pays the charges before the fees.
            case s.kind when 'charge' then least(p.kept, p.charges) else greatest(p.kept - p.charges, 0) end as amount
        from (
            select r.id, coalesce(r.charge_due, charges_of(r.lines)) as charges,
                case when r.paid_at is null then 0 else least(r.amount_due, r.amount_applied - coalesce((
                    select sum(x.amount) from refund_part x join refund f on f.id = x.refund_id
                    where x.payment_request_id = r.id and f.state in ('executed', 'settled')), 0))::bigint end as kept
            from payment_request r where r.id = any (p_requests)
        ) p
        -- The last receipt of each kind, which none replaces.
        cross join lateral (
            select distinct on (z.kind) t.id, t.amount, t.series_id
            from receipt t join receipt_series z on z.id = t.series_id
            where t.payment_request_id = p.id order by z.kind, t.id desc
        ) l
        join receipt_series s on s.id = l.series_id
    ) c
    where c.amount <> c.stated;
    if v_ids is not null then
        perform take_receipts(v_agencies, v_kinds, v_ids, v_amounts, v_old, p_reason, p_at);
    end if;
    return coalesce(cardinality(v_ids), 0) + correct_ordered_receipts(p_requests, p_reason, p_at);
end $$;
