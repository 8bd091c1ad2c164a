-- Why: writes the events of receipts that a provider numbers, when it has done so: that one was issued, and that the
-- one whose place it takes, or that was taken back, no longer stands. As receipt_told, for the endpoints that name
-- them.
-- Needs: event_body, event_time
-- Reads: the new row, provider_receipt, payment_request, api_key, event_endpoint
-- Writes: event, event_delivery; signals khop_events
-- Locks: none
create or replace function provider_receipt_told() returns trigger language plpgsql
set jit = off
as $$
declare
    v_now constant timestamptz := clock_timestamp();
begin
    with told as (
        select 'receipt.issued' as type, new.id, new.replaces as other where new.amount > 0
        union all
        select 'receipt.cancelled', o.id, case when new.amount > 0 then new.id end
        from provider_receipt o where o.id = new.replaces and o.number is not null
    ),
    named as (
        select t.type, r.id, r.kind, r.form, r.serial, r.number, r.amount, r.issued_at,
            (select concat_ws('-', o.form, o.serial, o.number) from provider_receipt o
                where o.id = t.other and o.number is not null) as other,
            q.id as request_id, q.reference, q.dossier_code, q.agency_code, k.holder_id
        from told t join provider_receipt r on r.id = t.id
            join payment_request q on q.id = r.payment_request_id left join api_key k on k.id = q.created_by
    ),
    made as (
        insert into event (type, subject, agency_code, holder_id, body, created_at)
        select n.type, 'request:' || n.request_id, n.agency_code, n.holder_id, event_body(n.type, v_now, (
                select row_to_json(d) from (select concat_ws('-', n.form, n.serial, n.number) as number, n.kind, n.form,
                    n.serial, n.amount, event_time(n.issued_at) as issued_at,
                    case when n.type = 'receipt.issued' then 'issued' when n.other is not null then 'replaced'
                        else 'cancelled' end as status,
                    case when n.type = 'receipt.cancelled' then n.other end as replaced_by,
                    case when n.type = 'receipt.issued' then n.other end as replaces,
                    n.request_id as payment_request_id, n.reference, n.dossier_code, n.agency_code) d)),
            v_now
        from named n
        where exists (select 1 from event_endpoint e where n.type = any (e.types)
                and (e.holder_id is null or e.holder_id = n.holder_id))
        order by n.id, n.type
        returning id, type, subject, holder_id
    )
    insert into event_delivery (event_id, endpoint_id, subject, next_attempt_at, give_up_at)
    select m.id, e.id, m.subject, v_now, v_now + interval '3 days'
    from made m join event_endpoint e on m.type = any (e.types) and (e.holder_id is null or e.holder_id = m.holder_id)
    order by m.id, e.id;
    if found then
        perform pg_notify('khop_events', '');
    end if;
    return null;
end $$;
create or replace trigger provider_receipt_told after update of state on provider_receipt
    for each row when (old.state <> new.state and new.state = 'issued') execute function provider_receipt_told();
