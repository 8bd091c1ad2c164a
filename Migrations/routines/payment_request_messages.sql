-- Why: writes what payers who asked for it are told of changes of their requests, in the transaction that makes them.
-- Its trigger's name sorts after payment_request_changed, so that a refused change of state is refused first.
-- Reads: the old and new rows, payer_contact
-- Writes: payer_message; signals khop_messages
-- Locks: none
create or replace function payment_request_messages() returns trigger language plpgsql
-- Settlement disables sequential scans; the nominal cost of what is scanned all the same must not start the JIT.
set jit = off
as $$
declare
    v_now constant timestamptz := clock_timestamp();
begin
    -- Of most requests nobody wants to be told.
    if not exists (
        select 1 from inserted i join payer_contact c on c.payment_request_id = i.id where c.stopped_at is null)
    then
        return null;
    end if;
    -- Old and new rows side by side, without a join: see payment_request_changed.
    with pairs as materialized (
        select w.*, lag(w.status) over before as old_status, lag(w.amount_received) over before as old_received,
            lag(w.amount_applied) over before as old_applied, lag(w.amount_refunded) over before as old_refunded
        from (
            select id, false as is_new, status, amount_due, amount_received, amount_applied, amount_refunded,
                fee_refund_claimed from removed
            union all
            select id, true, status, amount_due, amount_received, amount_applied, amount_refunded,
                fee_refund_claimed from inserted) w
        window before as (partition by w.id order by w.is_new)
    ),
    told as (
        select p.id, 'too_much' as kind, p.amount_received as occasion, p.amount_received as amount,
            p.amount_received - p.amount_due as remaining
        from pairs p
        where p.is_new and p.amount_received > greatest(p.old_received, p.amount_due)
            and p.status in ('paid', 'partially_refunded', 'refunded')
        union all
        -- Another code for the same has been paid: nothing of it counts for this one.
        select p.id, 'too_much', p.amount_received, p.amount_received, p.amount_received - p.old_received
        from pairs p
        where p.is_new and p.status in ('pending', 'expired') and p.amount_received > p.old_received
            and p.amount_applied = p.old_applied
        union all
        -- One message for one payment: that it is paid is said by that of what is too much.
        select p.id, 'paid', 0, p.amount_due, 0 from pairs p
        where p.is_new and p.status = 'paid' and p.old_status in ('pending', 'expired')
            and p.amount_received <= p.amount_due
        union all
        select p.id, 'part_paid', p.amount_received, p.amount_received,
            greatest(p.amount_due - p.amount_applied + p.fee_refund_claimed, 0)
        from pairs p
        where p.is_new and p.status in ('pending', 'expired') and p.amount_applied > p.old_applied
        union all
        select p.id, 'refunded', p.amount_refunded, p.amount_refunded - p.old_refunded, 0 from pairs p
        where p.is_new and p.amount_refunded > p.old_refunded
    )
    insert into payer_message (contact_id, kind, occasion, amount, remaining, made_at, next_attempt_at, give_up_at)
    select c.id, t.kind, t.occasion, t.amount, t.remaining, v_now, v_now, v_now + interval '2 days'
    from told t join payer_contact c on c.payment_request_id = t.id and c.stopped_at is null
    order by c.id, t.kind
    on conflict on constraint payer_message_once_key do nothing;
    if found then
        perform pg_notify('khop_messages', '');
    end if;
    return null;
end $$;
create or replace trigger payment_request_told_messages after update on payment_request
    referencing old table as removed new table as inserted
    for each statement execute function payment_request_messages();
