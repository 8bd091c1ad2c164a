-- Why: who reports payments, what they reported, and which reports were refused.

create table issuer (
    id integer generated always as identity primary key,
    profile text not null,
    merchant text,
    constraint issuer_merchant_check check (length(merchant) between 1 and 100),
    -- What a connection that knows its merchant refers to.
    constraint issuer_named_key unique (id, profile, merchant)
);
comment on table issuer is
    'Who gives out the ids of transactions: a gateway for one of its merchants, or whoever reports by one connection. '
    'Equal ids of one issuer are one transaction, whichever connection reports it; the ids of two issuers have nothing '
    'to do with each other.';
comment on column issuer.profile is 'The profile of its connections.';
comment on column issuer.merchant is
    'The merchant, shared by all connections of this profile and merchant; null for the issuer of a single connection, '
    'whose merchant is not known or whose messages name none.';
create unique index issuer_merchant_key on issuer (profile, merchant) where merchant is not null;

create table connection (
    id integer generated always as identity primary key,
    name text not null constraint connection_name_key unique check (name ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
    profile text not null,
    account_number text not null references bank_account,
    bank_ledger_account integer not null references ledger_account,
    suspense_ledger_account integer not null references ledger_account,
    commission_percent numeric(6, 3) check (commission_percent between 0 and 100),
    signature_header text,
    merchant text,
    merchant_is_learned boolean not null default false,
    issuer_id integer not null references issuer,
    created_at timestamptz not null default now(),
    disabled_at timestamptz,
    constraint connection_merchant_check check (length(merchant) between 1 and 100),
    constraint connection_merchant_is_learned_check check (merchant is not null or not merchant_is_learned),
    -- Not checked while the merchant is null.
    constraint connection_merchant_issuer_fkey
        foreign key (issuer_id, profile, merchant) references issuer (id, profile, merchant)
);
create unique index connection_own_issuer_key on connection (issuer_id) where merchant is null;
comment on table connection is 'A bank or gateway that reports payments to an account by signed callbacks.';
comment on column connection.name is 'Part of the callback''s address.';
comment on column connection.profile is 'How its messages are built and signed: standard, vnpay, momo, …';
comment on column connection.account_number is 'The account that receives the money.';
comment on column connection.bank_ledger_account is 'The account of the books for money at that bank account.';
comment on column connection.suspense_ledger_account is 'The suspense account of that bank account.';
comment on column connection.commission_percent is
    'The largest gateway fee, as a percentage of a day''s transfers that are paid out in one line; null if each '
    'transfer is a line of its own.';
comment on column connection.signature_header is
    'The header that carries the signature, if the profile leaves it open.';
comment on column connection.merchant is
    'The merchant whose messages it accepts: partnerCode of MoMo, vnp_TmnCode of VNPAY, app_id of ZaloPay; null until '
    'it is known. Messages of other merchants are refused.';
comment on column connection.merchant_is_learned is
    'Whether the merchant was learned from the first authenticated message and not configured.';
comment on column connection.issuer_id is
    'Who gives out its transaction ids. It changes with the merchant; what was reported before keeps its issuer.';
comment on column connection.disabled_at is 'Set while its callbacks are refused.';

create table connection_secret (
    id integer generated always as identity primary key,
    connection_id integer not null references connection,
    sealed bytea not null,
    key_id text not null,
    mark bytea not null check (length(mark) = 32),
    created_at timestamptz not null default now(),
    retired_at timestamptz
);
create index connection_secret_mark_idx on connection_secret (mark) where retired_at is null;
comment on table connection_secret is
    'The secrets that a connection''s signatures are checked with: the newest, and older ones until they retire.';
comment on column connection_secret.sealed is
    'AES-GCM: nonce, ciphertext and tag, under the key named; never the secret itself.';
comment on column connection_secret.key_id is 'Which secret key sealed it.';
comment on column connection_secret.mark is
    'HMAC-SHA256 of the secret under the secret key: equal for equal secrets, so that none is given to two '
    'connections.';
comment on column connection_secret.retired_at is 'When it stopped being accepted.';

create table connection_use (
    connection_id integer primary key references connection,
    last_used_at timestamptz,
    last_failure_at timestamptz,
    last_failure text,
    refused bigint not null default 0
);
comment on table connection_use is
    'When a connection was last used and last failed. Written every few seconds by each server, not with each '
    'callback.';
comment on column connection_use.last_failure is 'The reason of the latest refusal.';
comment on column connection_use.refused is 'The number of refused callbacks.';

create table raw_key (
    month integer primary key,
    sealed bytea not null,
    key_id text not null,
    made_at timestamptz not null default now()
);
comment on table raw_key is
    'The keys that callbacks as received are sealed under, one a month: when the service''s key changes, these few are '
    'sealed again and not what they seal.';
comment on column raw_key.month is 'Years since 0 times 12, plus the month from 0.';
comment on column raw_key.sealed is 'AES-GCM: nonce, ciphertext and tag, under the key named.';
comment on column raw_key.key_id is 'Which secret key sealed it.';

create table refused_callback (
    id bigint generated always as identity primary key,
    connection_id integer not null references connection,
    received_at timestamptz not null,
    reason text not null,
    field text not null,
    detail text not null,
    raw bytea not null,
    body_bytes integer not null,
    replayed_at timestamptz,
    replay_outcome text
);
comment on table refused_callback is
    'Refused callbacks, kept for a while so that they can be inspected and processed again after a fix. The table is '
    'bounded, because anyone who knows the address can fill it.';
comment on column refused_callback.reason is 'The code of the refusal.';
comment on column refused_callback.field is 'What was wrong with it, by name.';
comment on column refused_callback.raw is
    'Headers, without credentials, and up to 64 KiB of the body, as received; sealed under a raw_key.';
comment on column refused_callback.body_bytes is 'The whole length of the body.';
comment on column refused_callback.replayed_at is 'Set when it was processed again and accepted.';
comment on column refused_callback.replay_outcome is 'The outcome of the replay.';
create index refused_callback_connection_idx on refused_callback (connection_id, id);
create index refused_callback_received_idx on refused_callback (received_at);

create table bank_notice (
    id bigint generated always as identity primary key,
    source text not null check (source in ('callback', 'statement', 'counter', 'case')),
    connection_id integer,
    issuer_id integer,
    provider_transaction_id text collate "C" not null,
    content_hash bytea not null,
    outcome text not null check (outcome in
        ('settled', 'partial', 'overpaid', 'late', 'unknown_reference', 'other_account', 'duplicate', 'not_credit')),
    duplicate_of bigint,
    amount bigint not null check (amount >= 0),
    account_number text not null,
    bank_reference text collate "C" not null,
    payment_request_id uuid,
    applied_amount bigint not null default 0 check (applied_amount >= 0),
    suspense_amount bigint not null default 0 check (suspense_amount >= 0),
    cleared_amount bigint not null default 0 check (cleared_amount >= 0),
    occurred_at timestamptz not null,
    reported_at timestamptz,
    booked_on date not null,
    received_at timestamptz not null default now(),
    memo text,
    raw bytea,
    raw_hash bytea,
    reason jsonb,
    salt uuid default gen_random_uuid(),
    constraint bank_notice_parts_check check (applied_amount + suspense_amount + cleared_amount in (0, amount)),
    constraint bank_notice_connection_check check ((source = 'callback') = (connection_id is not null)),
    constraint bank_notice_issuer_check check ((source = 'callback') = (issuer_id is not null)),
    constraint bank_notice_raw_check check (raw is null or raw_hash is not null)
);
comment on table bank_notice is
    'A report that money moved: a verified callback, a statement line that no callback had reported, a payment at a '
    'counter, or money that persons moved within the books. Facts: never changed; those of lines are set aside in '
    'undone_row if their statement is undone.';
comment on column bank_notice.source is
    'callback: reported by a bank or gateway. statement: a line that no callback had reported. counter: taken at a '
    'counter. case: moved within the books by persons who decided a case.';
comment on column bank_notice.connection_id is
    'References connection, checked by bank_notice_added; set only for callbacks.';
comment on column bank_notice.issuer_id is
    'References issuer, checked by bank_notice_added; set only for callbacks. The connection''s when it was received.';
comment on column bank_notice.provider_transaction_id is
    'The sender''s own id of the transaction, unique within an issuer.';
comment on column bank_notice.content_hash is
    'SHA-256 of what the provider said, independent of its encoding: the same id of the same issuer with another hash, '
    'or for another account, is a conflict.';
comment on column bank_notice.outcome is 'Its outcome; see docs/money-rules.md.';
comment on column bank_notice.duplicate_of is
    'References bank_notice: for a duplicate from another source, the notice that first reported the transfer.';
comment on column bank_notice.bank_reference is
    'The bank''s own id of the transfer, which identifies two reports of it.';
comment on column bank_notice.payment_request_id is 'References payment_request, checked by bank_notice_added.';
comment on column bank_notice.applied_amount is 'The part that paid the request.';
comment on column bank_notice.suspense_amount is 'The part that went to suspense; an amount in no part is not counted.';
comment on column bank_notice.cleared_amount is
    'The part that confirmed what a cashier entered: it moved from the clearing account to the bank account.';
comment on column bank_notice.occurred_at is 'When the money moved.';
comment on column bank_notice.reported_at is
    'The provider''s time, if it was not credible and was replaced by the time of receipt.';
comment on column bank_notice.reason is
    'Why it has its outcome, {"code": …, "values": {…}}; null for a plain payment in full.';
comment on column bank_notice.booked_on is 'The business day of occurred_at.';
comment on column bank_notice.memo is 'Personal: the payer''s own words. Null without any, and once it is erased.';
comment on column bank_notice.raw is
    'Headers, without their secrets, and body as received, sealed under a raw_key; dropped after their time.';
comment on column bank_notice.raw_hash is 'SHA-256 of raw, which stands in the sealed history and stays.';
comment on column bank_notice.salt is
    'Hashed together with the personal data in the sealed history; forgotten with them, so that nobody can guess.';

-- New notices: a batch in one value.
create type notice_record as (
    id bigint,
    source text,
    connection_id integer,
    issuer_id integer,
    provider_transaction_id text,
    content_hash bytea,
    outcome text,
    duplicate_of bigint,
    amount bigint,
    account_number text,
    bank_reference text,
    payment_request_id uuid,
    applied_amount bigint,
    suspense_amount bigint,
    cleared_amount bigint,
    occurred_at timestamptz,
    reported_at timestamptz,
    memo text,
    raw bytea,
    reason text
);
-- One transaction is recorded once, whichever connection of its issuer reports it.
create unique index bank_notice_transaction_key on bank_notice (issuer_id, provider_transaction_id)
    where source = 'callback';
-- One transfer is counted once, whoever reports it.
create unique index bank_notice_transfer_key on bank_notice (account_number, bank_reference, amount)
    where applied_amount + suspense_amount + cleared_amount > 0;
-- Callbacks that brought no money because a line had brought their transfer. A report of the same transfer by another
-- connection is not new and confirms nothing again.
create index bank_notice_told_idx on bank_notice (account_number, bank_reference, amount)
    where source = 'callback' and outcome = 'duplicate';
create index bank_notice_duplicate_idx on bank_notice (duplicate_of) where duplicate_of is not null;
create index bank_notice_request_idx on bank_notice (payment_request_id);
create index bank_notice_account_day_idx on bank_notice (account_number, booked_on);

create table clearing_item (
    notice_id bigint primary key references bank_notice,
    ledger_account integer not null references ledger_account,
    account_number text not null references bank_account,
    payment_request_id uuid not null,
    amount bigint not null check (amount > 0),
    receipt_number text,
    booked_on date not null,
    cleared_by_notice bigint references bank_notice,
    cleared_by_line bigint,
    cleared_reference text collate "C",
    cleared_at timestamptz,
    constraint clearing_item_cleared_check
        check (num_nonnulls(cleared_by_notice, cleared_by_line) = (cleared_at is not null)::integer)
);
comment on table clearing_item is
    'A payment that a cashier entered as made without cash. Its money is in the agency''s clearing account until a '
    'notice or a line confirms it. It is cleared once, unless the line''s statement is undone, and never deleted.';
comment on column clearing_item.notice_id is 'The counter''s entry.';
comment on column clearing_item.ledger_account is 'The clearing account that holds it.';
comment on column clearing_item.account_number is 'The bank account on which it is expected.';
comment on column clearing_item.payment_request_id is 'References payment_request.';
comment on column clearing_item.receipt_number is 'What the cashier copied from the slip: often the bank''s own id.';
comment on column clearing_item.booked_on is 'The day on which it was entered.';
comment on column clearing_item.cleared_by_notice is 'The callback that confirmed it.';
comment on column clearing_item.cleared_by_line is
    'References statement_line: the line that confirmed it before any callback.';
comment on column clearing_item.cleared_reference is 'The bank''s id of that line, which identifies a later callback.';
create index clearing_item_open_idx on clearing_item (account_number) where cleared_at is null;
create index clearing_item_request_idx on clearing_item (payment_request_id);
create index clearing_item_receipt_idx on clearing_item (account_number, receipt_number)
    where cleared_at is null and receipt_number is not null;
-- A notice that is taken back with its statement is looked for in every column that refers to one.
create index clearing_item_cleared_by_notice_idx on clearing_item (cleared_by_notice)
    where cleared_by_notice is not null;
create index clearing_item_reference_idx on clearing_item (account_number, cleared_reference)
    where cleared_reference is not null;
