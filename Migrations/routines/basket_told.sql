-- Why: writes the event of a basket whose last request was just paid, in the transaction that pays it, whichever way
-- the money came. The rows of the baskets are locked first, so that of two payments at once the later one sees both.
-- Its trigger's name sorts after payment_request_told_change, so that the requests' own events come first.
-- Needs: event_body, event_time
-- Reads: the old and new rows, basket, basket_item, payment_request, api_key, event_endpoint
-- Writes: event, event_delivery; signals khop_events
-- Locks: the baskets of the requests that were paid, in the order of their ids
create or replace function basket_told() returns trigger language plpgsql
set plan_cache_mode = force_generic_plan
set jit = off
as $$
declare
    v_now constant timestamptz := clock_timestamp();
    v_baskets uuid[];
begin
    if not exists (select 1 from event_endpoint) then
        return null;
    end if;
    -- Old and new rows side by side, without a join: see payment_request_changed.
    select array_agg(distinct m.basket_id) into v_baskets
    from (
        select w.*, lag(w.status) over (partition by w.id order by w.is_new) as before
        from (select id, false as is_new, status from removed union all select id, true, status from inserted) w) p
        join basket_item m on m.payment_request_id = p.id
    where p.is_new and p.status = 'paid' and p.before in ('pending', 'expired');
    if v_baskets is null then
        return null;
    end if;
    perform 1 from basket b where b.id = any (v_baskets) order by b.id for update;
    with paid as (
        select b.id, b.reference, b.account_number, b.created_by, s.*
        from basket b cross join lateral (
            select bool_or(r.status in ('pending', 'expired')) as is_open, count(*) as requests,
                sum(r.amount_due) filter (where r.status <> 'cancelled') as amount_due,
                min(r.agency_code) as agency_code, json_agg(json_build_object('id', r.id, 'reference', r.reference,
                    'dossier_code', r.dossier_code, 'status', r.status, 'amount_due', r.amount_due)
                    order by i.place) as list
            from basket_item i join payment_request r on r.id = i.payment_request_id where i.basket_id = b.id) s
        where b.id = any (v_baskets) and not s.is_open
    ),
    made as (
        insert into event (type, subject, agency_code, holder_id, body, created_at)
        select 'basket.paid', 'basket:' || p.id, p.agency_code, k.holder_id, event_body('basket.paid', v_now, (
                select row_to_json(d) from (select p.id, p.reference, p.account_number, 'paid' as status, p.amount_due,
                    0 as amount_remaining, p.list as payment_requests) d)),
            v_now
        from paid p left join api_key k on k.id = p.created_by
        where exists (select 1 from event_endpoint e where (e.types is null or 'basket.paid' = any (e.types))
                and (e.holder_id is null or e.holder_id = k.holder_id))
        order by p.id
        returning id, subject, holder_id
    )
    insert into event_delivery (event_id, endpoint_id, subject, next_attempt_at, give_up_at)
    select m.id, e.id, m.subject, v_now, v_now + interval '3 days'
    from made m join event_endpoint e
        on (e.types is null or 'basket.paid' = any (e.types)) and (e.holder_id is null or e.holder_id = m.holder_id)
    order by m.id, e.id;
    if found then
        perform pg_notify('khop_events', '');
    end if;
    return null;
end $$;
create or replace trigger payment_request_told_change_to_basket after update on payment_request
    referencing old table as removed new table as inserted
    for each statement execute function basket_told();
