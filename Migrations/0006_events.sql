-- Why: what happened is told to the portal. Events are written in the transaction that makes them true (an outbox) and
-- sent afterwards, so that a payment is never told of that did not happen, and none is settled without being told.
-- Locks: payment_request and reconciliation_case for a moment each (share row exclusive), to give them their triggers.

create table event_endpoint (
    id integer generated always as identity primary key,
    name text not null constraint event_endpoint_name_key unique check (name ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
    url text not null,
    -- The types sent here; null for all, those of later versions too.
    types text[],
    -- AES-GCM: nonce, ciphertext and tag, under the key named; never the secret itself.
    sealed bytea not null,
    key_id text not null,
    -- The secret before the last rotation signs as well until then.
    previous_sealed bytea,
    previous_until timestamptz,
    created_at timestamptz not null default now(),
    -- A disabled endpoint is sent nothing; what happens meanwhile is kept for it as long as an event is tried at all.
    disabled_at timestamptz,
    disabled_reason text,
    -- Failed attempts since the last delivery, and when the first of them was.
    consecutive_failures integer not null default 0,
    failing_since timestamptz,
    last_success_at timestamptz,
    constraint event_endpoint_disabled_check check ((disabled_at is null) = (disabled_reason is null)),
    constraint event_endpoint_failing_check check ((consecutive_failures = 0) = (failing_since is null)),
    constraint event_endpoint_previous_check check ((previous_sealed is null) = (previous_until is null))
);

-- The outbox. The events of one subject have ascending ids in the order in which they happened: whoever changes a request
-- holds its row until the commit.
create table event (
    id bigint generated always as identity primary key,
    type text not null,
    -- What it is about, `request:<uuid>` or `case:<id>`; the events of a subject are delivered in their order.
    subject text not null,
    -- Whose it is, for keys bound to a locality.
    agency_code text,
    -- Kept as it is sent, byte for byte, because it is signed.
    body json not null,
    created_at timestamptz not null
);
create index event_subject_idx on event (subject, id);

-- One row an event and endpoint. No foreign keys: they would have every settlement lock the endpoint's row.
create table event_delivery (
    event_id bigint not null,
    endpoint_id integer not null,
    subject text not null,
    -- dead: given up.
    state text not null default 'pending' check (state in ('pending', 'delivered', 'dead')),
    -- Attempts begun since it was written, or since it was last asked for anew.
    attempts integer not null default 0,
    next_attempt_at timestamptz not null,
    -- A server is sending it; should that server die, another takes over after this.
    leased_until timestamptz,
    -- An attempt that fails after this was the last.
    give_up_at timestamptz not null,
    last_error text,
    delivered_at timestamptz,
    constraint event_delivery_pkey primary key (event_id, endpoint_id),
    constraint event_delivery_delivered_check check ((state = 'delivered') = (delivered_at is not null))
) with (fillfactor = 80);
create index event_delivery_due_idx on event_delivery (endpoint_id, next_attempt_at, event_id) where state = 'pending';
create index event_delivery_order_idx on event_delivery (endpoint_id, subject, event_id) where state = 'pending';
create index event_delivery_dead_idx on event_delivery (event_id) where state = 'dead';

-- RFC 3339 in Vietnamese time, as the API writes it: without the zeros at the end of a fraction.
create function event_time(p_at timestamptz) returns text language sql stable as $$
    select regexp_replace(to_char(p_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '\.?0+$', '')
        || '+07:00'
$$;

create function event_body(p_type text, p_at timestamptz, p_data json) returns json language sql stable as $$
    select row_to_json(b) from (select p_type as "type", event_time(p_at) as "timestamp", p_data as "data") b
$$;

-- Writes events about payment requests, as these now stand, for the endpoints that want them.
create function write_request_events(p_ids uuid[], p_types text[]) returns void language plpgsql
-- A settlement forbids sequential scans. The few endpoints are read so all the same, at a cost that is forbidding in name
-- alone, for which PostgreSQL would compile the statement: a fifth of a second for nothing.
set jit = off
as $$
declare
    -- Not the transaction's time: of two changes of a request the later one may have begun first.
    v_now constant timestamptz := clock_timestamp();
begin
    with made as (
        insert into event (type, subject, agency_code, body, created_at)
        select given.type, 'request:' || r.id, r.agency_code, event_body(given.type, v_now, (
                select row_to_json(d) from (select r.id, r.reference, r.dossier_code, r.agency_code, r.status,
                    r.amount_due, r.amount_received, r.amount_refunded, r.channel, event_time(r.paid_at) as paid_at) d)),
            v_now
        from unnest(p_ids, p_types) with ordinality as given (id, type, place)
            join payment_request r on r.id = given.id
        where exists (select 1 from event_endpoint e where e.types is null or given.type = any (e.types))
        order by given.place
        returning id, type, subject
    )
    insert into event_delivery (event_id, endpoint_id, subject, next_attempt_at, give_up_at)
    select m.id, e.id, m.subject, v_now, v_now + interval '3 days'
    from made m join event_endpoint e on e.types is null or m.type = any (e.types)
    order by m.id, e.id;
    -- No payload: it says that there is something to look at, and one transaction says it once.
    if found then
        perform pg_notify('khop_events', '');
    end if;
end $$;

create function payment_request_creation_told() returns trigger language plpgsql as $$
declare
    v_ids uuid[];
    v_types text[];
begin
    if not exists (select 1 from event_endpoint) then
        return null;
    end if;
    -- Nothing was due.
    select array_agg(i.id order by i.id), array_agg('payment_request.paid'::text) into v_ids, v_types
    from inserted i where i.status = 'paid';
    if v_ids is not null then
        perform write_request_events(v_ids, v_types);
    end if;
    return null;
end $$;

create function payment_request_change_told() returns trigger language plpgsql as $$
declare
    v_ids uuid[];
    v_types text[];
begin
    if not exists (select 1 from event_endpoint) then
        return null;
    end if;
    select array_agg(c.id order by c.id), array_agg(c.type order by c.id) into v_ids, v_types
    from (
        select i.id, case
            when i.status = 'paid' and r.status <> 'paid' then 'payment_request.paid'
            when i.status = 'expired' and r.status <> 'expired' then 'payment_request.expired'
            when i.status in ('partially_refunded', 'refunded')
                and (i.status <> r.status or i.amount_refunded > r.amount_refunded) then 'payment_request.refunded'
            -- An expired request may be paid in parts within its grace period.
            when i.status in ('pending', 'expired') and i.amount_received > r.amount_received
                then 'payment_request.partially_paid'
            end as type
        from removed r join inserted i using (id)
    ) c
    where c.type is not null;
    if v_ids is not null then
        perform write_request_events(v_ids, v_types);
    end if;
    return null;
end $$;

create function reconciliation_case_told() returns trigger language plpgsql
-- As above.
set jit = off
as $$
declare
    v_now constant timestamptz := clock_timestamp();
begin
    if not exists (select 1 from event_endpoint e where e.types is null or 'case.opened' = any (e.types)) then
        return null;
    end if;
    with made as (
        insert into event (type, subject, agency_code, body, created_at)
        select 'case.opened', 'case:' || i.id, i.agency_code, event_body('case.opened', v_now, (
                select row_to_json(d) from (select i.id, i.kind, i.amount, i.payment_request_id, i.account_number,
                    event_time(i.opened_at) as opened_at) d)),
            v_now
        from inserted i order by i.id
        returning id, subject
    )
    insert into event_delivery (event_id, endpoint_id, subject, next_attempt_at, give_up_at)
    select m.id, e.id, m.subject, v_now, v_now + interval '3 days'
    from made m join event_endpoint e on e.types is null or 'case.opened' = any (e.types)
    order by m.id, e.id;
    if found then
        perform pg_notify('khop_events', '');
    end if;
    return null;
end $$;

-- Their names sort after payment_request_changed: a change of state that is refused is refused first.
create trigger payment_request_told_creation after insert on payment_request
    referencing new table as inserted for each statement execute function payment_request_creation_told();
create trigger payment_request_told_change after update on payment_request
    referencing old table as removed new table as inserted
    for each statement execute function payment_request_change_told();
create trigger reconciliation_case_told after insert on reconciliation_case
    referencing new table as inserted for each statement execute function reconciliation_case_told();
