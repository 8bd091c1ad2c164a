-- Why: receipts (biên lai: Decree 254/2026/NĐ-CP, Circular 91/2026/TT-BTC), numbered without gaps or twins.

-- What a settlement needs of the lines, so that it does not read them; null in requests made before.
alter table payment_request add column charge_due bigint
    constraint payment_request_charge_check check (charge_due between 0 and amount_due);
comment on column payment_request.charge_due is
    'The part of amount_due that is charges (lệ phí); the rest is fees (phí). Null: as `lines` say. '
    'Derived from them.';
update versioned_table set left_out = left_out || '{charge_due}' where name = 'payment_request';
alter type request_record add attribute charge_due bigint;

create table receipt_collector (
    id bigint generated always as identity primary key,
    agency_code text not null,
    name text not null check (length(name) between 1 and 300),
    address text check (length(address) between 1 and 300),
    tax_code text check (tax_code ~ '^[0-9]{10}(-[0-9]{3})?$'),
    phone text check (length(phone) between 1 and 50),
    issues boolean not null,
    set_at timestamptz not null,
    set_by text not null,
    set_by_name text not null
);
comment on table receipt_collector is
    'What receipts say about the agency that collects, from set_at on. Facts: a change is another row. '
    'An agency without one is named as the catalogue does.';
comment on column receipt_collector.issues is 'Whether receipts are made here: false where another system makes them.';
create index receipt_collector_agency_idx on receipt_collector (agency_code, id desc);

create table receipt_series (
    id integer generated always as identity primary key,
    agency_code text not null,
    kind text not null check (kind in ('fee', 'charge')),
    year smallint not null check (year between 2020 and 2099),
    serial text not null check (serial ~ '^[0-9]{2}T[ABCDEGHKLMNPQRSTUVXY]{2}$'),
    last_number integer not null default 0 check (last_number between 0 and 99999999),
    last_issued_at timestamptz,
    constraint receipt_series_key unique (agency_code, kind, year),
    constraint receipt_series_serial_of_year_check check (left(serial, 2)::integer = year % 100)
)
-- Room beside each row for its next versions: every payment writes one.
with (fillfactor = 10);
comment on table receipt_series is
    'The run of numbers of an agency''s receipts of a kind in a year. Whoever takes numbers locks the rows of a '
    'transaction''s receipts in the order of their ids, as its last locks.';
comment on column receipt_series.kind is 'fee: phí, form EBL01; charge: lệ phí, form EBL02.';
comment on column receipt_series.year is 'Of the day of issue in Vietnam: numbers begin at 1 on 1 January.';

create table receipt (
    id bigint generated always as identity primary key,
    series_id integer not null,
    number integer not null check (number between 1 and 99999999),
    payment_request_id uuid not null,
    amount bigint not null check (amount between 0 and 9999999999999),
    issued_at timestamptz not null,
    code bigint not null check (code between 0 and 281474976710655),
    replaces bigint,
    reason text check (length(reason) between 1 and 500),
    constraint receipt_number_key unique (series_id, number),
    -- Nothing was collected only where a receipt is replaced because all went back.
    constraint receipt_replacing_check check
        ((replaces is null) = (reason is null) and (amount > 0 or replaces is not null)),
    constraint receipt_order_check check (replaces < id)
);
comment on table receipt is
    'What was collected for a request, of one kind. What else a receipt says follows from the request, its '
    'lines and the collector''s row of the time. Facts: never changed or deleted.';
comment on column receipt.series_id is 'References receipt_series, checked by receipt_added.';
comment on column receipt.payment_request_id is 'References payment_request: receipts are made from it.';
comment on column receipt.code is
    'Random; in the address of the receipt''s page, so that nobody sees a receipt by guessing its number.';
comment on column receipt.replaces is 'The receipt in whose place it stands.';
create index receipt_request_idx on receipt (payment_request_id);
create unique index receipt_replaces_key on receipt (replaces) where replaces is not null;
create index receipt_issued_idx on receipt using brin (issued_at) with (pages_per_range = 32);

create table receipt_notice (
    id bigint generated always as identity primary key,
    receipt_id bigint not null references receipt,
    error text not null check (error in ('payer_name', 'payer_address', 'words')),
    note text not null check (length(note) between 1 and 500),
    made_by text not null,
    made_by_name text not null,
    made_at timestamptz not null
);
comment on table receipt_notice is
    'Notices of errors that need no new receipt, form 04/SS-CTĐT (Circular 91/2026, article 20.1). Facts.';
comment on column receipt_notice.note is 'What is wrong and what is right, for the payer and the tax office.';
create index receipt_notice_receipt_idx on receipt_notice (receipt_id);

insert into versioned_table (name, key_columns, left_out) values
    ('receipt_collector', '{id}', '{}'),
    ('receipt_series', '{id}', '{last_number,last_issued_at}');
