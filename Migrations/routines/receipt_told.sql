-- Why: writes the events of receipts, in the transaction that makes them, for the endpoints that name them: one that
-- wants everything about payments is not sent two more events a payment. Its trigger's name sorts after receipt_added.
-- Needs: event_body, event_time
-- Reads: the new rows, receipt, receipt_series, payment_request, api_key, event_endpoint
-- Writes: event, event_delivery; signals khop_events
-- Locks: none
create or replace function receipt_told() returns trigger language plpgsql
set jit = off
as $$
declare
    v_now constant timestamptz := clock_timestamp();
begin
    if not exists (
        select 1 from event_endpoint e where e.types && array['receipt.issued', 'receipt.cancelled'])
    then
        return null;
    end if;
    with told as (
        select 'receipt.issued' as type, i.id, null::bigint as replaced_by from inserted i
        union all
        select 'receipt.cancelled', i.replaces, i.id from inserted i where i.replaces is not null
    ),
    named as (
        select t.type, q.id as request_id, q.reference, q.dossier_code, q.agency_code, k.holder_id, r.id, s.kind,
            case s.kind when 'fee' then 'EBL01' else 'EBL02' end as form, s.serial, r.number, r.amount, r.issued_at,
            z.serial || '-' || o.number as other
        from told t join receipt r on r.id = t.id join receipt_series s on s.id = r.series_id
            join payment_request q on q.id = r.payment_request_id left join api_key k on k.id = q.created_by
            left join receipt o on o.id = coalesce(t.replaced_by, r.replaces)
            left join receipt_series z on z.id = o.series_id
    ),
    made as (
        insert into event (type, subject, agency_code, holder_id, body, created_at)
        select n.type, 'request:' || n.request_id, n.agency_code, n.holder_id, event_body(n.type, v_now, (
                select row_to_json(d) from (select n.form || '-' || n.serial || '-' || n.number as number, n.kind,
                    n.form, n.serial, n.amount, event_time(n.issued_at) as issued_at,
                    case when n.type = 'receipt.cancelled' then 'replaced' else 'issued' end as status,
                    case when n.type = 'receipt.cancelled' then n.form || '-' || n.other end as replaced_by,
                    case when n.type = 'receipt.issued' then n.form || '-' || n.other end as replaces,
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
create or replace trigger receipt_told after insert on receipt
    referencing new table as inserted for each statement execute function receipt_told();
