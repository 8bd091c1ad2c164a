-- Why: writes the events of changes of requests, in the transaction that makes them. Its trigger's name sorts after
-- payment_request_changed, so that a refused change of state is refused first.
-- Reads: the old and new rows, event_endpoint
-- Writes: what write_request_events writes
-- Locks: none
create or replace function payment_request_change_told() returns trigger language plpgsql as $$
declare
    v_ids uuid[];
    v_types text[];
begin
    if not exists (select 1 from event_endpoint) then
        return null;
    end if;
    -- Old and new rows side by side, without a join: see payment_request_changed.
    with pairs as materialized (
        select w.*, lag(w.status) over before as old_status, lag(w.amount_received) over before as old_received,
            lag(w.amount_applied) over before as old_applied, lag(w.amount_refunded) over before as old_refunded
        from (
            select id, false as is_new, status, amount_due, amount_received, amount_applied, amount_refunded
            from removed
            union all
            select id, true, status, amount_due, amount_received, amount_applied, amount_refunded from inserted) w
        window before as (partition by w.id order by w.is_new)
    )
    select array_agg(c.id order by c.id, c.place), array_agg(c.type order by c.id, c.place) into v_ids, v_types
    from (
        select i.id, 1 as place, case
            when i.status = 'paid' and i.old_status <> 'paid' then 'payment_request.paid'
            when i.old_status = 'paid' and i.status in ('pending', 'expired') then 'payment_request.unpaid'
            when i.status = 'expired' and i.old_status <> 'expired' then 'payment_request.expired'
            when i.status in ('partially_refunded', 'refunded')
                and (i.status <> i.old_status or i.amount_refunded > i.old_refunded) then 'payment_request.refunded'
            -- An expired request may be paid in parts within its grace period.
            when i.status in ('pending', 'expired') and i.amount_applied > i.old_applied
                then 'payment_request.partially_paid'
            end as type
        from pairs i where i.is_new
        union all
        select i.id, 2, 'payment_request.overpaid'
        from pairs i
        where i.is_new and (i.status in ('paid', 'partially_refunded', 'refunded')
                and i.amount_received > greatest(i.old_received, i.amount_due)
            -- Another code for the same has been paid: nothing of it counts for this one.
            or i.status in ('pending', 'expired') and i.amount_received > i.old_received
                and i.amount_applied = i.old_applied)
    ) c
    where c.type is not null;
    if v_ids is not null then
        perform write_request_events(v_ids, v_types);
    end if;
    return null;
end $$;
create or replace trigger payment_request_told_change after update on payment_request
    referencing old table as removed new table as inserted
    for each statement execute function payment_request_change_told();
