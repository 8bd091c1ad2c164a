-- Why: writes the event of a shift that was closed, in the transaction that closes it, for the endpoints that name it.
-- Needs: event_body, event_time
-- Reads: the new row, event_endpoint
-- Writes: event, event_delivery; signals khop_events
-- Locks: none
create or replace function shift_told() returns trigger language plpgsql as $$
declare
    v_now constant timestamptz := clock_timestamp();
begin
    with made as (
        insert into event (type, subject, agency_code, holder_id, body, created_at)
        select 'shift.closed', 'shift:' || new.id, new.agency_code, null, event_body('shift.closed', v_now, (
                select row_to_json(d) from (select new.id, new.agency_code, event_time(new.opened_at) as opened_at,
                    event_time(new.closed_at) as closed_at, new.float_amount as float, new.expected_cash,
                    new.counted_cash, new.counted_cash - new.expected_cash as difference) d)),
            v_now
        where exists (select 1 from event_endpoint e where e.types && array['shift.closed'] and e.holder_id is null)
        returning id, type, subject
    )
    insert into event_delivery (event_id, endpoint_id, subject, next_attempt_at, give_up_at)
    select m.id, e.id, m.subject, v_now, v_now + interval '3 days'
    from made m join event_endpoint e on m.type = any (e.types) and e.holder_id is null
    order by e.id;
    if found then
        perform pg_notify('khop_events', '');
    end if;
    return null;
end $$;
create or replace trigger shift_told after update of state on shift
    for each row when (new.state = 'closed' and old.state <> 'closed') execute function shift_told();
