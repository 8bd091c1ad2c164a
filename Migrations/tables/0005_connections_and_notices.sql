-- Why: who reports payments, what they reported, and what was refused of it.

create table connection (
    id integer generated always as identity primary key,
    name text not null constraint connection_name_key unique check (name ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
    profile text not null,
    account_number text not null references bank_account,
    bank_ledger_account integer not null references ledger_account,
    suspense_ledger_account integer not null references ledger_account,
    -- What a gateway keeps of a day's transfers when it pays them out in one line, at most; null where each transfer is
    -- a line of its own.
    commission_percent numeric(6, 3) check (commission_percent between 0 and 100),
    -- The header that carries the signature, where the profile leaves it open.
    signature_header text,
    created_at timestamptz not null default now(),
    disabled_at timestamptz
);

create table connection_secret (
    id integer generated always as identity primary key,
    connection_id integer not null references connection,
    -- AES-GCM: nonce, ciphertext and tag, under the key named; never the secret itself.
    sealed bytea not null,
    key_id text not null,
    created_at timestamptz not null default now(),
    retired_at timestamptz
);

-- Written every few seconds by each server, not with each callback.
create table connection_use (
    connection_id integer primary key references connection,
    last_used_at timestamptz,
    last_failure_at timestamptz,
    last_failure text,
    refused bigint not null default 0
);

-- A bounded, expiring place: whoever knows the address can fill it, so it holds so much and no more.
create table refused_callback (
    id bigint generated always as identity primary key,
    connection_id integer not null references connection,
    received_at timestamptz not null,
    reason text not null,
    field text not null,
    detail text not null,
    -- As received; headers without what could let somebody in, the body up to 64 KiB.
    headers text not null,
    body bytea not null,
    body_bytes integer not null,
    -- Set when it was processed again and taken.
    replayed_at timestamptz,
    replay_outcome text
);
create index refused_callback_connection_idx on refused_callback (connection_id, id);
create index refused_callback_received_idx on refused_callback (received_at);

create table bank_notice (
    id bigint generated always as identity primary key,
    -- callback: a bank told us. statement: a line told us what no callback had. counter: taken at a desk. case: money
    -- that a person moved within the books.
    source text not null check (source in ('callback', 'statement', 'counter', 'case')),
    connection_id integer,
    provider_transaction_id text collate "C" not null,
    -- SHA-256 over what the provider said, however it was packed.
    content_hash bytea not null,
    outcome text not null check (outcome in
        ('settled', 'partial', 'overpaid', 'late', 'unknown_reference', 'duplicate', 'not_credit')),
    -- The notice that had already told of this transfer, for a duplicate from another source.
    duplicate_of bigint,
    amount bigint not null check (amount >= 0),
    account_number text not null,
    -- The bank's own id of the transfer, by which two reports of it are known to be one.
    bank_reference text collate "C" not null,
    payment_request_id uuid,
    -- The part that paid the request and the part that lies in suspense; the rest of `amount` is neither.
    applied_amount bigint not null default 0 check (applied_amount >= 0),
    suspense_amount bigint not null default 0 check (suspense_amount >= 0),
    occurred_at timestamptz not null,
    -- Set where the provider's clock ran ahead and the time of receipt was taken instead.
    clock_was_ahead boolean not null default false,
    -- The business day of occurred_at.
    booked_on date not null,
    received_at timestamptz not null default now(),
    memo text,
    -- As received; headers without their secrets.
    headers text,
    body text,
    constraint bank_notice_parts_check check (applied_amount + suspense_amount in (0, amount)),
    constraint bank_notice_connection_check check ((source = 'callback') = (connection_id is not null))
);
create unique index bank_notice_transaction_key on bank_notice (connection_id, provider_transaction_id)
    where source = 'callback';
-- One transfer is counted once, whoever reports it.
create unique index bank_notice_transfer_key on bank_notice (account_number, bank_reference, amount)
    where applied_amount + suspense_amount > 0;
create index bank_notice_request_idx on bank_notice (payment_request_id);
create index bank_notice_account_day_idx on bank_notice (account_number, booked_on);
