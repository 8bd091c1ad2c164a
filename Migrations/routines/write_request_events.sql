-- Why: writes events about payment requests, as these now stand, for the endpoints that want them. That more arrived
-- than was due is told beside the payment, to those that name it.
-- Reads: payment_request, api_key, event_endpoint
-- Writes: event, event_delivery; signals khop_events
-- Locks: none
create or replace function write_request_events(p_ids uuid[], p_types text[]) returns void language plpgsql
-- Settlement disables sequential scans. The few endpoints are scanned all the same, at a nominal cost so high that
-- PostgreSQL would JIT-compile the statement, which takes a fifth of a second for nothing.
set jit = off
as $$
declare
    -- Not the transaction's time, because the later of two changes may have begun first.
    v_now constant timestamptz := clock_timestamp();
begin
    with made as (
        insert into event (type, subject, agency_code, holder_id, body, created_at)
        select given.type, 'request:' || r.id, r.agency_code, k.holder_id, event_body(given.type, v_now, (
                select row_to_json(d) from (select r.id, r.reference, r.dossier_code, r.agency_code, r.status,
                    r.amount_due, r.amount_received, r.amount_refunded,
                    greatest(r.amount_due - case when r.status in ('pending', 'expired')
                        then r.amount_applied - r.fee_refund_claimed
                        else r.amount_received - r.amount_refunded end, 0) as amount_remaining,
                    r.channel,
                    event_time(r.paid_at) as paid_at, r.settled_by) d)),
            v_now
        from unnest(p_ids, p_types) with ordinality as given (id, type, place)
            join payment_request r on r.id = given.id left join api_key k on k.id = r.created_by
        where exists (select 1 from event_endpoint e
            where (e.types is null and given.type <> 'payment_request.overpaid' or given.type = any (e.types))
                and (e.holder_id is null or e.holder_id = k.holder_id))
        order by given.place
        returning id, type, subject, holder_id
    )
    insert into event_delivery (event_id, endpoint_id, subject, next_attempt_at, give_up_at)
    select m.id, e.id, m.subject, v_now, v_now + interval '3 days'
    from made m join event_endpoint e
        on (e.types is null and m.type <> 'payment_request.overpaid' or m.type = any (e.types))
        and (e.holder_id is null or e.holder_id = m.holder_id)
    order by m.id, e.id;
    -- No payload: it only signals that there is something to read, once per transaction.
    if found then
        perform pg_notify('khop_events', '');
    end if;
end $$;
