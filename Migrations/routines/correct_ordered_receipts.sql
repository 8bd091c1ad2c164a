-- Why: as correct_receipts, of receipts that a provider numbers: orders to replace, or to cancel where all went back.
-- Needs: charges_of
-- Reads: payment_request, refund_part, refund, provider_receipt
-- Writes: provider_receipt; signals khop_receipts
-- Locks: none
create or replace function correct_ordered_receipts(p_requests uuid[], p_reason text, p_at timestamptz)
    returns integer language plpgsql as $$
declare
    v_count integer;
begin
    insert into provider_receipt (provider_id, payment_request_id, kind, turn, amount, replaces, reason, made_at,
        next_attempt_at)
    select l.provider_id, p.id, l.kind, l.turn + 1, m.amount, l.id, p_reason, p_at, p_at
    from (
        select r.id, coalesce(r.charge_due, charges_of(r.lines)) as charges,
            case when r.paid_at is null then 0 else least(r.amount_due, r.amount_applied - coalesce((
                select sum(x.amount) from refund_part x join refund f on f.id = x.refund_id
                where x.payment_request_id = r.id and f.state in ('executed', 'settled')), 0))::bigint end as kept
        from payment_request r where r.id = any (p_requests)
    ) p
    cross join lateral (
        select distinct on (x.kind) x.* from provider_receipt x
        where x.payment_request_id = p.id order by x.kind, x.turn desc
    ) l
    -- What is kept pays the charges before the fees.
    cross join lateral (select case l.kind when 'charge' then least(p.kept, p.charges)
        else greatest(p.kept - p.charges, 0) end as amount) m
    where m.amount <> l.amount
    order by l.id;
    get diagnostics v_count = row_count;
    if v_count > 0 then perform pg_notify('khop_receipts', ''); end if;
    return v_count;
end $$;
