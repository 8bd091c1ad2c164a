-- Why: what a citizen is asked to pay, the states it may be in, and the daily totals the province reads.
-- Locks: none that matter, all tables are new.

create table payment_request (
    id uuid primary key,
    reference text not null constraint payment_request_reference_key unique
        check (reference ~ '^RF[0-9]{2}[0-9A-HJKMNP-TV-Z]{12}$'),
    -- What the pay link carries: whoever holds it sees the page, so it is as long as a key.
    token text not null constraint payment_request_token_key unique,
    dossier_code text not null,
    agency_code text not null,
    procedure_code text not null,
    channel text not null
        check (channel in ('online', 'counter_qr', 'counter_card', 'counter_transfer', 'counter_cash')),
    payer_category text,
    payer_name text,
    assessed_on date not null,
    amount_due bigint not null check (amount_due between 0 and 9999999999999),
    -- The part of the benefits that rules of kind `discount` gave.
    discount_total bigint not null check (discount_total >= 0),
    amount_received bigint not null default 0 check (amount_received >= 0),
    amount_refunded bigint not null default 0,
    status text not null check (status in ('pending', 'paid', 'expired', 'cancelled', 'partially_refunded', 'refunded')),
    paid_at timestamptz,
    -- The business day of paid_at, on which it counts in reports.
    paid_on date,
    expires_at timestamptz not null,
    created_at timestamptz not null,
    created_by uuid references api_key,
    return_url text,
    -- Where the QR code sends the money; kept, because an agency's account may change.
    bank_bin text not null,
    account_number text not null references bank_account,
    account_name text not null,
    revenue_account integer not null references ledger_account,
    catalogue_version integer not null references catalogue_version,
    -- The items as asked for, to assess them again.
    items json,
    -- Text kept as it was answered, so that it reads the same for ever.
    lines json not null,
    constraint payment_request_paid_check check ((paid_at is null) = (status in ('pending', 'expired', 'cancelled'))),
    constraint payment_request_paid_on_check check ((paid_at is null) = (paid_on is null)),
    constraint payment_request_refund_check check (amount_refunded between 0 and amount_received)
)
-- Room on each page, so that a settlement rewrites the row beside itself and touches no index.
with (fillfactor = 80);
create index payment_request_dossier_idx on payment_request (dossier_code);
-- For the sweep of what has expired; the column never changes, so settling stays free of index work.
create index payment_request_expires_idx on payment_request (expires_at);
-- Rows are written in the order of this column, so a summary of ranges finds a period and costs next to nothing.
create index payment_request_created_idx on payment_request using brin (created_at) with (pages_per_range = 32);

-- The one table of allowed changes of state. The program's own table is compared with it by a test.
create table payment_request_transition (
    from_status text not null,
    event text not null,
    to_status text not null,
    primary key (from_status, to_status)
);
insert into payment_request_transition (from_status, event, to_status) values
    ('pending', 'pay', 'paid'),
    ('pending', 'expire', 'expired'),
    ('pending', 'cancel', 'cancelled'),
    ('expired', 'pay_within_grace', 'paid'),
    ('paid', 'refund_part', 'partially_refunded'),
    ('paid', 'refund_all', 'refunded'),
    ('partially_refunded', 'refund_rest', 'refunded');

create table payment_request_event (
    id bigint generated always as identity primary key,
    payment_request_id uuid not null,
    event text not null,
    from_status text,
    to_status text not null,
    amount_received bigint not null,
    happened_at timestamptz not null default now(),
    -- Set where the event is the payment: the day and the agency it counts for.
    paid_on date,
    agency_code text
);
create index payment_request_event_request_idx on payment_request_event (payment_request_id);
-- Finds the payments of a day. On the request itself it would be one more index that every settlement has to write.
create index payment_request_event_paid_idx on payment_request_event (agency_code, paid_on, payment_request_id)
    where paid_on is not null;
create trigger payment_request_event_append_only before update or delete or truncate on payment_request_event
    for each statement execute function refuse_change();

-- What was paid on a day for an agency by a channel. Kept by the trigger below in the transaction that pays, so it is
-- never stale. Spread over shards so that settlements at once do not wait for one another's row; days gone by are folded
-- into shard 0.
create table daily_total (
    paid_on date not null,
    agency_code text not null,
    channel text not null,
    shard smallint not null,
    paid_requests bigint not null,
    amount_total bigint not null,
    discount_total bigint not null,
    primary key (paid_on, agency_code, channel, shard)
) with (fillfactor = 50);

-- The same by procedure, in a table of its own: the report by locality must not read it all to add it up.
create table daily_procedure_total (
    paid_on date not null,
    agency_code text not null,
    procedure_code text not null,
    channel text not null,
    shard smallint not null,
    paid_requests bigint not null,
    amount_total bigint not null,
    discount_total bigint not null,
    primary key (paid_on, agency_code, procedure_code, channel, shard)
) with (fillfactor = 50);

create function payment_request_created() returns trigger language plpgsql as $$
begin
    insert into payment_request_event (payment_request_id, event, from_status, to_status, amount_received, happened_at)
    select id, 'create', null, status, amount_received, created_at from inserted;
    return null;
end $$;
create trigger payment_request_created after insert on payment_request
    referencing new table as inserted for each statement execute function payment_request_created();

create function refuse_transition(p_id uuid, p_from text, p_to text) returns text language plpgsql as $$
begin
    raise exception 'payment request % may not go from % to %', p_id, p_from, p_to
        using errcode = 'check_violation', constraint = 'payment_request_transition_check';
end $$;

create function payment_request_changed() returns trigger language plpgsql
-- The plan is the same for every batch; planning anew would cost as much as running it.
set plan_cache_mode = force_generic_plan
as $$
begin
    with changed as materialized (
        select i.id, r.status as from_status, i.status, i.amount_received, i.paid_on, i.agency_code, i.procedure_code,
            i.channel, i.amount_due, i.discount_total
        from removed r join inserted i using (id)
        where r.status <> i.status
    ),
    events as (
        insert into payment_request_event (payment_request_id, event, from_status, to_status, amount_received, paid_on,
            agency_code)
        select c.id, coalesce(t.event, refuse_transition(c.id, c.from_status, c.status)), c.from_status, c.status,
            c.amount_received, case when c.status = 'paid' then c.paid_on end,
            case when c.status = 'paid' then c.agency_code end
        from changed c left join payment_request_transition t
            on t.from_status = c.from_status and t.to_status = c.status
    ),
    -- A request of 0 đồng was settled without a payment and counts nowhere.
    counted as materialized (
        select c.paid_on, c.agency_code, c.procedure_code, c.channel, pg_backend_pid() % 8 as shard,
            sum(c.sign) as requests, sum(c.sign * c.amount_due) as amount, sum(c.sign * c.discount_total) as discount
        from (
            select c.*, case when c.status = 'paid' then 1 else -1 end as sign
            from changed c where c.status in ('paid', 'refunded') and c.amount_due > 0
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
create trigger payment_request_changed after update on payment_request
    referencing old table as removed new table as inserted for each statement execute function payment_request_changed();

-- Adds up the shards of the days before p_day, on which little changes any more; answers how many rows went.
create function fold_daily_totals(p_day date) returns bigint language plpgsql as $$
declare
    v_gone bigint;
    v_more bigint;
begin
    with gone as (
        delete from daily_total where paid_on < p_day and shard <> 0 returning *
    ), kept as (
        insert into daily_total as total (paid_on, agency_code, channel, shard, paid_requests, amount_total,
            discount_total)
        select paid_on, agency_code, channel, 0, sum(paid_requests), sum(amount_total), sum(discount_total)
        from gone group by 1, 2, 3 order by 1, 2, 3
        on conflict (paid_on, agency_code, channel, shard) do update set
            paid_requests = total.paid_requests + excluded.paid_requests,
            amount_total = total.amount_total + excluded.amount_total,
            discount_total = total.discount_total + excluded.discount_total
    )
    select count(*) into v_gone from gone;
    with gone as (
        delete from daily_procedure_total where paid_on < p_day and shard <> 0 returning *
    ), kept as (
        insert into daily_procedure_total as total (paid_on, agency_code, procedure_code, channel, shard, paid_requests,
            amount_total, discount_total)
        select paid_on, agency_code, procedure_code, channel, 0, sum(paid_requests), sum(amount_total),
            sum(discount_total)
        from gone group by 1, 2, 3, 4 order by 1, 2, 3, 4
        on conflict (paid_on, agency_code, procedure_code, channel, shard) do update set
            paid_requests = total.paid_requests + excluded.paid_requests,
            amount_total = total.amount_total + excluded.amount_total,
            discount_total = total.discount_total + excluded.discount_total
    )
    select count(*) into v_more from gone;
    return v_gone + v_more;
end $$;

-- The first answer to a key, given again to whoever repeats it.
create table idempotency_key (
    api_key_id uuid not null references api_key,
    key text not null check (length(key) between 1 and 255),
    request_hash bytea not null,
    status integer not null,
    body text not null,
    created_at timestamptz not null default now(),
    constraint idempotency_key_pkey primary key (api_key_id, key)
);
create index idempotency_key_created_idx on idempotency_key using brin (created_at);
