-- Why: checks every change of a request's status against the table of allowed changes, writes it to the history, and
-- updates the totals of its day in the same transaction, so that these are never stale.
-- Reads: the old and new rows, state_transition
-- Writes: payment_request_event, daily_procedure_total, daily_total
-- Locks: a shard of the totals that nobody else holds (tried, not waited for, while one of the eight is free); the rows
-- of the totals, in the order of their keys
create or replace function payment_request_changed() returns trigger language plpgsql
-- The plan is the same for every batch; planning it again would cost as much as running it.
set plan_cache_mode = force_generic_plan
-- Old and new rows of a batch are hashed: compared each with each, as settlement's connections would have it, a hundred
-- of them took as long as writing them.
set enable_hashjoin = on
set enable_nestloop = off
as $$
declare
    -- A shard that no other transaction writes at the moment, if there is one; the lock is given back at the commit.
    v_shard constant smallint := coalesce((
        select s.shard
        from generate_series(0, 7) as n, lateral (select (pg_backend_pid() + n) % 8 as shard) s
        -- "tota" in ASCII.
        where pg_try_advisory_xact_lock(1953461345, s.shard) limit 1), pg_backend_pid() % 8);
begin
    with changed as materialized (
        select i.id, r.status as from_status, i.status, i.amount_received, coalesce(i.paid_on, r.paid_on) as paid_on,
            i.agency_code, i.procedure_code, i.channel, i.amount_due, i.discount_total,
            i.status = 'cancelled' and i.amount_received > 0 as has_money,
            i.fee_refund_claimed >= least(i.amount_received, i.amount_due) as is_claimed
        from removed r join inserted i using (id)
        where r.status <> i.status
    ),
    events as (
        insert into payment_request_event (payment_request_id, event, from_status, to_status, amount_received, paid_on,
            agency_code)
        select c.id, coalesce(t.event, refuse_transition(c.id, c.from_status, c.status)), c.from_status, c.status,
            c.amount_received, case when c.status = 'paid' then c.paid_on end,
            case when c.status = 'paid' then c.agency_code end
        -- Money that was received keeps a request from being cancelled, unless all of it goes back.
        from changed c left join state_transition t
            on t.machine = 'payment_request' and t.from_state = c.from_status and t.to_state = c.status
                and (t.event = 'cancel_and_refund') = c.has_money and (c.is_claimed or not c.has_money)
    ),
    -- A request of 0 đồng was settled without a payment and counts nowhere.
    counted as materialized (
        select c.paid_on, c.agency_code, c.procedure_code, c.channel, v_shard as shard,
            sum(c.sign) as requests, sum(c.sign * c.amount_due) as amount, sum(c.sign * c.discount_total) as discount
        from (
            select c.*, case when c.status = 'paid' then 1 else -1 end as sign
            -- A payment that was undone no longer counts, and neither does one that was refunded in full.
            from changed c where c.amount_due > 0
                and (c.status in ('paid', 'refunded') or c.from_status = 'paid' and c.status in ('pending', 'expired'))
        ) c
        group by 1, 2, 3, 4
    ),
    procedures as (
        insert into daily_procedure_total as total (paid_on, agency_code, procedure_code, channel, shard, paid_requests,
            amount_total, discount_total)
        select paid_on, agency_code, procedure_code, channel, shard, requests, amount, discount from counted
        order by 1, 2, 3, 4
        on conflict (paid_on, agency_code, procedure_code, channel, shard) do update set
            paid_requests = total.paid_requests + excluded.paid_requests,
            amount_total = total.amount_total + excluded.amount_total,
            discount_total = total.discount_total + excluded.discount_total
    )
    insert into daily_total as total (paid_on, agency_code, channel, shard, paid_requests, amount_total, discount_total)
    select paid_on, agency_code, channel, shard, sum(requests), sum(amount), sum(discount) from counted
    group by 1, 2, 3, 4
    order by 1, 2, 3
    on conflict (paid_on, agency_code, channel, shard) do update set
        paid_requests = total.paid_requests + excluded.paid_requests,
        amount_total = total.amount_total + excluded.amount_total,
        discount_total = total.discount_total + excluded.discount_total;
    return null;
end $$;
create or replace trigger payment_request_changed after update on payment_request
    referencing old table as removed new table as inserted
    for each statement execute function payment_request_changed();
