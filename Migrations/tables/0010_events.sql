-- Why: events for the portal. They are written in the transaction that makes them true (an outbox) and sent afterwards,
-- so that no event reports a payment that did not happen, and no payment is settled without its event.

create table event_endpoint (
    id integer generated always as identity primary key,
    name text not null constraint event_endpoint_name_key unique check (name ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
    url text not null,
    types text[],
    holder_id uuid references api_key,
    sealed bytea not null,
    key_id text not null,
    previous_sealed bytea,
    previous_until timestamptz,
    created_at timestamptz not null default now(),
    disabled_at timestamptz,
    disabled_reason jsonb,
    consecutive_failures integer not null default 0,
    failing_since timestamptz,
    last_success_at timestamptz,
    constraint event_endpoint_disabled_check check ((disabled_at is null) = (disabled_reason is null)),
    constraint event_endpoint_failing_check check ((consecutive_failures = 0) = (failing_since is null)),
    constraint event_endpoint_previous_check check ((previous_sealed is null) = (previous_until is null))
);
comment on table event_endpoint is 'An address that events are sent to.';
comment on column event_endpoint.types is 'The types sent to it; null for all, including those of later versions.';
comment on column event_endpoint.holder_id is
    'The portal that it belongs to (api_key.holder_id), which is told of its own requests alone; null for the '
    'province''s own, which is told of all.';
comment on column event_endpoint.sealed is
    'The secret that signs its events. AES-GCM: nonce, ciphertext and tag, under the key named; never the secret '
    'itself.';
comment on column event_endpoint.key_id is 'Which secret key sealed it.';
comment on column event_endpoint.previous_sealed is
    'The secret before the last rotation, which also signs until previous_until.';
comment on column event_endpoint.disabled_at is
    'A disabled endpoint is sent nothing; its events are kept until they would be given up.';
comment on column event_endpoint.disabled_reason is 'Code and values (Reason.json).';
comment on column event_endpoint.consecutive_failures is 'Failed attempts since the last delivery.';
comment on column event_endpoint.failing_since is 'The time of the first of them.';

create table event (
    id bigint generated always as identity primary key,
    type text not null,
    subject text not null,
    agency_code text,
    holder_id uuid,
    body json not null,
    created_at timestamptz not null
);
comment on table event is
    'The outbox: events, written in the transaction that makes them true. The events of one subject have ascending '
    'ids in the order in which they happened, because whoever changes a request holds its row until the commit.';
comment on column event.subject is
    'What it is about, `request:<uuid>` or `case:<id>`; the events of a subject are delivered in order.';
comment on column event.agency_code is 'The agency it belongs to, for keys bound to a locality.';
comment on column event.holder_id is 'The portal whose request it is about: api_key.holder_id.';
comment on column event.body is 'The body exactly as it is sent, because it is signed.';
create index event_subject_idx on event (subject, id);

create table event_delivery (
    event_id bigint not null,
    endpoint_id integer not null,
    subject text not null,
    state text not null default 'pending' check (state in ('pending', 'delivered', 'dead')),
    attempts integer not null default 0,
    next_attempt_at timestamptz not null,
    leased_until timestamptz,
    give_up_at timestamptz not null,
    last_error jsonb,
    delivered_at timestamptz,
    constraint event_delivery_pkey primary key (event_id, endpoint_id),
    constraint event_delivery_delivered_check check ((state = 'delivered') = (delivered_at is not null))
) with (fillfactor = 80);
comment on table event_delivery is
    'One row for each event and endpoint. No foreign keys: they would make every settlement lock the endpoint''s row.';
comment on column event_delivery.event_id is 'References event.';
comment on column event_delivery.endpoint_id is 'References event_endpoint.';
comment on column event_delivery.subject is 'The event''s subject, repeated to keep the order.';
comment on column event_delivery.state is 'pending, delivered, or dead: given up.';
comment on column event_delivery.attempts is 'Attempts since it was written or last requeued.';
comment on column event_delivery.leased_until is
    'Set while a server is sending it; if that server dies, another takes over after this.';
comment on column event_delivery.last_error is
    'Why the last attempt failed: code and values (Reason.json). Never what the endpoint said.';
comment on column event_delivery.give_up_at is 'An attempt that fails after this is the last one.';
create index event_delivery_due_idx on event_delivery (endpoint_id, next_attempt_at, event_id) where state = 'pending';
create index event_delivery_order_idx on event_delivery (endpoint_id, subject, event_id) where state = 'pending';
create index event_delivery_dead_idx on event_delivery (event_id) where state = 'dead';
