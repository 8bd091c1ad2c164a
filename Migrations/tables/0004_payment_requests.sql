-- Why: what a citizen is asked to pay, the states it may be in, and the daily totals that the province reads.

create table payment_request (
    id uuid primary key,
    reference text collate "C" not null constraint payment_request_reference_key unique
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
    status text not null
        check (status in ('pending', 'paid', 'expired', 'cancelled', 'partially_refunded', 'refunded')),
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
    -- The part of the request's fee that refunds not rejected have claimed: never more than was received for it,
    -- because the row itself forbids it, however many ask at once.
    fee_refund_claimed bigint not null default 0,
    constraint payment_request_paid_check check ((paid_at is null) = (status in ('pending', 'expired', 'cancelled'))),
    constraint payment_request_paid_on_check check ((paid_at is null) = (paid_on is null)),
    constraint payment_request_refund_check check (amount_refunded between 0 and amount_received),
    constraint payment_request_refund_claim_check
        check (fee_refund_claimed between 0 and least(amount_received, amount_due))
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

-- What was paid on a day for an agency by a channel. Kept by payment_request_changed in the transaction that pays, so
-- it is never stale. Spread over shards so that settlements at once do not wait for one another's row; days gone by are
-- folded into shard 0.
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
