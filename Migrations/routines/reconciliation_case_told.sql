-- Why: writes the event of a new case in the transaction that opens it. Alarms are told to nobody.
-- Reads: the new rows, payment_request, api_key, event_endpoint
-- Writes: event, event_delivery; signals khop_events
-- Locks: none
create or replace function reconciliation_case_told() returns trigger language plpgsql
-- As above.
set jit = off
as $$
declare
    v_now constant timestamptz := clock_timestamp();
begin
    if not exists (select 1 from event_endpoint e where e.types is null or 'case.opened' = any (e.types))
        or not exists (select 1 from inserted i where i.kind <> 'alarm')
    then
        return null;
    end if;
    with made as (
        insert into event (type, subject, agency_code, holder_id, body, created_at)
        select 'case.opened', 'case:' || i.id, i.agency_code, k.holder_id, event_body('case.opened', v_now, (
                select row_to_json(d) from (select i.id, i.kind, i.amount, i.payment_request_id, i.account_number,
                    event_time(i.opened_at) as opened_at) d)),
            v_now
        from inserted i left join payment_request r on r.id = i.payment_request_id
            left join api_key k on k.id = r.created_by
        where i.kind <> 'alarm'
            and exists (select 1 from event_endpoint e where (e.types is null or 'case.opened' = any (e.types))
                and (e.holder_id is null or e.holder_id = k.holder_id))
        order by i.id
        returning id, subject, holder_id
    )
    insert into event_delivery (event_id, endpoint_id, subject, next_attempt_at, give_up_at)
    select m.id, e.id, m.subject, v_now, v_now + interval '3 days'
    from made m join event_endpoint e on (e.types is null or 'case.opened' = any (e.types))
        and (e.holder_id is null or e.holder_id = m.holder_id)
    order by m.id, e.id;
    if found then
        perform pg_notify('khop_events', '');
    end if;
    return null;
end $$;
create or replace trigger reconciliation_case_told after insert on reconciliation_case
    referencing new table as inserted for each statement execute function reconciliation_case_told();
