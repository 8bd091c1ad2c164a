-- Why: what happened is told to the portal. Events are written in the transaction that makes them true (an outbox) and
-- sent afterwards, so that a payment is never told of that did not happen, and none is settled without being told.

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

-- The outbox. The events of one subject have ascending ids in the order in which they happened: whoever changes a
-- request holds its row until the commit.
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
