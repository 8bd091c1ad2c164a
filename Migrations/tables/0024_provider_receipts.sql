-- Why: receipts that a provider numbers instead of Khớp: one order to it for each receipt, sent until it has a number;
-- and the signed XML of a receipt, kept as it was first made.

create table receipt_provider (
    id integer generated always as identity primary key,
    agency_code text not null,
    dialect text not null check (dialect in ('viettel')),
    url text not null check (length(url) between 1 and 300),
    username text not null check (length(username) between 1 and 100),
    sealed bytea not null,
    key_id text not null,
    tax_code text not null check (tax_code ~ '^[0-9]{10}(-[0-9]{3})?$'),
    fee_form text not null check (length(fee_form) between 1 and 20),
    fee_serial text not null check (length(fee_serial) between 1 and 20),
    charge_form text not null check (length(charge_form) between 1 and 20),
    charge_serial text not null check (length(charge_serial) between 1 and 20),
    set_at timestamptz not null,
    set_by text not null,
    set_by_name text not null,
    ended_at timestamptz,
    ended_by text,
    ended_by_name text,
    constraint receipt_provider_ended_check check (num_nulls(ended_at, ended_by, ended_by_name) in (0, 3))
);
comment on table receipt_provider is
    'The provider that numbers an agency''s receipts, from set_at until ended_at. What it says never changes: a change '
    'is another row.';
comment on column receipt_provider.sealed is 'The password, sealed with the key key_id.';
comment on column receipt_provider.fee_form is 'What the provider calls the form of fee receipts.';
create unique index receipt_provider_agency_key on receipt_provider (agency_code) where ended_at is null;

create table provider_receipt (
    id bigint generated always as identity primary key,
    key uuid not null default gen_random_uuid() constraint provider_receipt_key_key unique,
    provider_id integer not null references receipt_provider,
    payment_request_id uuid not null,
    kind text not null check (kind in ('fee', 'charge')),
    turn smallint not null check (turn between 1 and 1000),
    amount bigint not null check (amount between 0 and 9999999999999),
    replaces bigint constraint provider_receipt_replaces_key unique references provider_receipt,
    reason text check (length(reason) between 1 and 500),
    made_at timestamptz not null,
    state text not null default 'awaiting' check (state in ('awaiting', 'issued')),
    form text check (length(form) between 1 and 20),
    serial text check (length(serial) between 1 and 20),
    number text check (length(number) between 1 and 30),
    issued_at timestamptz,
    attempts integer not null default 0,
    asked_at timestamptz,
    next_attempt_at timestamptz not null,
    leased_until timestamptz,
    last_error text check (length(last_error) between 1 and 500),
    -- One order for a payment, whatever happens: a second one is refused here.
    constraint provider_receipt_turn_key unique (payment_request_id, kind, turn),
    constraint provider_receipt_order_check check (replaces < id and (replaces is null) = (reason is null)
        and (amount > 0 or replaces is not null)),
    -- What was cancelled has no number of its own.
    constraint provider_receipt_issued_check check ((state = 'issued') = (issued_at is not null)
        and (state = 'issued' and amount > 0) = (number is not null)
        and num_nulls(form, serial, number) in (0, 3))
);
comment on table provider_receipt is
    'A receipt that a provider numbers: an order to it, written in the transaction that pays, and sent until it has a '
    'number. awaiting: it has none yet.';
comment on column provider_receipt.key is
    'By which the provider knows that it is one receipt, however often it is asked.';
comment on column provider_receipt.payment_request_id is
    'References payment_request, checked by provider_receipt_added.';
comment on column provider_receipt.turn is '1 for the first of a request and kind; each correction is the next.';
comment on column provider_receipt.amount is '0: what it replaces is cancelled, because all went back.';
comment on column provider_receipt.asked_at is
    'When it was sent for the first time: from then on the provider is asked for it before it is sent again.';
create index provider_receipt_awaiting_idx on provider_receipt (next_attempt_at) where state = 'awaiting';

create table receipt_document (
    receipt_id bigint primary key references receipt,
    xml bytea not null check (length(xml) between 1 and 2000000),
    made_at timestamptz not null
);
comment on table receipt_document is
    'The signed XML of a receipt with its proof, as it was first made: what is asked for later is the same. It names '
    'the payer, so it is erased with the payer''s data, and made again without the name when somebody asks for it.';

insert into state_transition (machine, from_state, event, to_state) values
    ('provider_receipt', 'awaiting', 'number', 'issued');
insert into versioned_table (name, key_columns, left_out) values
    ('receipt_provider', '{id}', '{}'),
    ('provider_receipt', '{id}', '{attempts,asked_at,next_attempt_at,leased_until,last_error}');
