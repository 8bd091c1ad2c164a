-- Why: checks every change of a request's status against the table of allowed changes, writes it to the history, and
-- updates the totals of its day in the same transaction, so that these are never stale.
-- Reads: the old and new rows, state_transition
-- Writes: payment_request_event, daily_procedure_total, daily_total
-- Locks: a shard of the totals that nobody else holds (tried, not waited for, while one of the eight is free); the rows
-- of the totals, in the order of their keys
-- The plan is the same for every batch; planning it again would cost as much as running it.
create or replace function payment_request_changed() returns trigger language plpgsql
set plan_cache_mode = force_generic_plan as $$
declare
    -- A shard that no other transaction writes at the moment, if there is one; the lock is given back at the commit.
    v_shard constant smallint := coalesce((
        select s.shard
        from generate_series(0, 7) as n, lateral (select (pg_backend_pid() + n) % 8 as shard) s
        -- "tota" in ASCII.
        where pg_try_advisory_xact_lock(1953461345, s.shard) limit 1), pg_backend_pid() % 8);
begin
    with pairs as (
        -- Sorted side by side: settlement's connections never hash, and a join would compare each row with each.
        select w.*, lag(w.status) over before as from_status, lag(w.paid_on) over before as paid_before
        from (select id, false as is_new, status, paid_on, amount_received, agency_code, procedure_code, channel,
                amount_due, discount_total, fee_refund_claimed from removed
            union all select id, true, status, paid_on, amount_received, agency_code, procedure_code, channel,
                amount_due, discount_total, fee_refund_claimed from inserted) w
        window before as (partition by w.id order by w.is_new)
    ),
    changed as materialized (
        select p.id, p.from_status, p.status, p.amount_received, p.agency_code, p.procedure_code, p.channel,
            p.amount_due, p.discount_total, coalesce(p.paid_on, p.paid_before) as paid_on,
            p.status = 'cancelled' and p.amount_received > 0 as has_money,
            p.fee_refund_claimed >= least(p.amount_received, p.amount_due) as is_claimed
        from pairs p where p.is_new and p.from_status <> p.status
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
