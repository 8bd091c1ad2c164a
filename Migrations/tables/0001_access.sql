-- Why: who may ask, the first answer to what they asked, and who did what.

create table api_key (
    id uuid primary key,
    role text not null check (role in ('portal', 'cashier', 'finance', 'approver', 'auditor', 'admin')),
    name text not null,
    -- The holder sees and acts for this locality and what lies below it; null for all.
    locality_code text,
    -- SHA-256 of the secret, which is 256 random bits: no salt or stretching is needed.
    secret_hash bytea not null check (length(secret_hash) = 32),
    created_at timestamptz not null default now(),
    revoked_at timestamptz
);

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

-- Who did what to whom: one row an action, beside the transaction that did it.
create table audit_entry (
    id bigint generated always as identity primary key,
    happened_at timestamptz not null default now(),
    -- `key:` and the id of an API key, `cli:` and a name, or `system`.
    actor_id text not null,
    actor_name text not null,
    -- Such as refund.approve or case.resolve.
    action text not null,
    subject text not null,
    detail jsonb not null default '{}'
);
create index audit_entry_subject_idx on audit_entry (subject);
