-- Why: who may call the API, the first answer to each idempotency key, and who did what.

create table api_key (
    id uuid primary key,
    role text not null check (role in ('portal', 'cashier', 'finance', 'approver', 'auditor', 'admin', 'feed')),
    name text not null,
    locality_code text,
    holder_id uuid not null references api_key,
    return_hosts text[] not null default '{}',
    secret_hash bytea not null check (length(secret_hash) = 32),
    previous_secret_hash bytea check (length(previous_secret_hash) = 32),
    previous_until timestamptz,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    last_used_at timestamptz,
    last_used_from text,
    constraint api_key_previous_check check ((previous_secret_hash is null) = (previous_until is null)),
    constraint api_key_expires_check check (expires_at > created_at),
    constraint api_key_used_check check ((last_used_at is null) = (last_used_from is null))
);
comment on table api_key is 'Who may call the API: a program with a secret that only it knows.';
comment on column api_key.locality_code is
    'The holder sees and acts for this locality and its descendants; null for all.';
comment on column api_key.holder_id is
    'The first key of the same holder, often itself: a portal that changes its key keeps its requests and endpoints.';
comment on column api_key.return_hosts is
    'The hosts that the payment page may lead back to, for requests made with the key.';
comment on column api_key.secret_hash is
    'SHA-256 of the secret, which is 256 random bits: no salt or stretching is needed.';
comment on column api_key.previous_secret_hash is
    'The secret before the last rotation, which works until previous_until: the holder changes over in that time.';
comment on column api_key.expires_at is 'The key works until then.';
comment on column api_key.last_used_at is 'To a minute.';
comment on column api_key.last_used_from is 'The network address of the last use.';
comment on column api_key.revoked_at is
    'Set when the key was revoked; it no longer works, and its row is kept for the audit trail.';

create table idempotency_key (
    api_key_id uuid not null references api_key,
    key text not null check (length(key) between 1 and 255),
    request_hash bytea not null,
    status integer not null,
    body text not null,
    created_at timestamptz not null default now(),
    constraint idempotency_key_pkey primary key (api_key_id, key)
);
comment on table idempotency_key is 'The first answer to a key, returned again when the call is repeated.';
comment on column idempotency_key.key is 'What the caller sent as Idempotency-Key.';
comment on column idempotency_key.request_hash is 'SHA-256 of the call; another call under the same key is refused.';
comment on column idempotency_key.status is 'The HTTP status returned.';
comment on column idempotency_key.body is 'The body returned.';
create index idempotency_key_created_idx on idempotency_key using brin (created_at);

create table audit_entry (
    id bigint generated always as identity primary key,
    happened_at timestamptz not null default now(),
    actor_id text not null,
    actor_name text not null,
    action text not null,
    subject text not null,
    detail jsonb not null default '{}'
);
comment on table audit_entry is 'Who did what to what: one row for each action, written in its transaction.';
comment on column audit_entry.actor_id is '`key:` and the id of an API key, `cli:` and a name, or `system`.';
comment on column audit_entry.action is 'Such as refund.approve or case.resolve.';
comment on column audit_entry.subject is 'The kind and id of its object, such as `case:17`.';
comment on column audit_entry.detail is 'The arguments of the action, as JSON.';
create index audit_entry_subject_idx on audit_entry (subject);
