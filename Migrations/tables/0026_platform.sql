-- Why: payments through the national payment platform: where a connection's payers are sent, each attempt to pay, and
-- the platform's daily file, held against the books and the bank's statement.

create table platform_link (
    id integer generated always as identity primary key,
    connection_id integer not null references connection,
    init_url text not null check (length(init_url) between 1 and 300),
    query_url text not null check (length(query_url) between 1 and 300),
    bill_url text check (length(bill_url) between 1 and 300),
    sealed bytea,
    key_id text,
    lookup_hash bytea check (length(lookup_hash) = 32),
    set_at timestamptz not null,
    set_by text not null,
    set_by_name text not null,
    ended_at timestamptz,
    ended_by text,
    ended_by_name text,
    constraint platform_link_sealed_check check ((sealed is null) = (key_id is null)),
    constraint platform_link_ended_check check (num_nulls(ended_at, ended_by, ended_by_name) in (0, 3))
);
comment on table platform_link is
    'Where the payers of a connection of the national payment platform are sent, from set_at until ended_at. What it '
    'says never changes: a change is another row.';
comment on column platform_link.init_url is 'Where a payment is begun (INIT).';
comment on column platform_link.query_url is 'Where the platform is asked what became of one (QUERY).';
comment on column platform_link.bill_url is 'Where its receipt is fetched (GET_BILL); null if there is none.';
comment on column platform_link.sealed is
    'The access token of the integration layer in front of it, sealed with the key key_id; null if none is wanted.';
comment on column platform_link.lookup_hash is
    'SHA-256 of the token that the platform''s look-up at the agency has to bring; null while there is no look-up.';
create unique index platform_link_connection_key on platform_link (connection_id) where ended_at is null;

create table platform_payment (
    id bigint generated always as identity primary key,
    link_id integer not null references platform_link,
    payment_request_id uuid not null,
    code text collate "C" not null constraint platform_payment_code_key unique
        check (code ~ '^RF[0-9]{2}[0-9A-HJKMNP-TV-Z]{16}$'),
    origin text not null check (origin in ('page', 'lookup')),
    amount bigint not null check (amount between 1 and 9999999999999),
    made_at timestamptz not null,
    state text not null default 'waiting' check (state in ('waiting', 'paid', 'failed', 'silent')),
    transaction_id text collate "C" check (length(transaction_id) between 1 and 100),
    ended_at timestamptz,
    attempts integer not null default 0,
    next_query_at timestamptz,
    leased_until timestamptz,
    last_error text check (length(last_error) between 1 and 500),
    constraint platform_payment_ended_check check ((state = 'waiting') = (ended_at is null)),
    constraint platform_payment_paid_check check ((state = 'paid') = (transaction_id is not null)),
    constraint platform_payment_query_check check (next_query_at is null or (state <> 'paid' and origin = 'page'))
);
comment on table platform_payment is
    'An attempt to pay a request through the national payment platform. waiting: nobody knows yet what became of it. '
    'What was paid is in bank_notice; this is what was asked for.';
comment on column platform_payment.payment_request_id is
    'References payment_request, checked by platform_payment_added.';
comment on column platform_payment.code is
    'MaThamChieu: the request''s reference and four characters of the attempt, so that a payment names its request by '
    'itself.';
comment on column platform_payment.origin is
    'page: the payer was sent to the platform. lookup: the platform looked up what is due.';
comment on column platform_payment.made_at is 'The time that INIT states, which QUERY repeats.';
comment on column platform_payment.transaction_id is 'MaGiaoDich of what paid it.';
comment on column platform_payment.next_query_at is 'When the platform is asked next; null if it is not asked.';
comment on column platform_payment.last_error is 'What went wrong last, for the operator.';
create index platform_payment_request_idx on platform_payment (payment_request_id);
create index platform_payment_transaction_idx on platform_payment (transaction_id) where transaction_id is not null;
create index platform_payment_due_idx on platform_payment (next_query_at) where next_query_at is not null;

create table platform_file (
    id bigint generated always as identity primary key,
    connection_id integer not null references connection,
    day date not null,
    turn smallint not null check (turn between 1 and 1000),
    name text not null check (length(name) between 1 and 200),
    hash bytea not null check (length(hash) = 32),
    rows integer not null check (rows between 0 and 100000),
    total bigint not null check (total between 0 and 9999999999999999),
    imported_at timestamptz not null,
    imported_by text not null,
    imported_by_name text not null,
    constraint platform_file_hash_key unique (connection_id, hash),
    constraint platform_file_turn_key unique (connection_id, day, turn)
);
comment on table platform_file is
    'A day''s file of the national payment platform (đối soát), stored once. Facts. Of several of a day '
    'the last one counts.';
comment on column platform_file.day is 'The day that it is of.';
comment on column platform_file.turn is '1 for the first of a day; one that corrects it is the next.';
comment on column platform_file.hash is 'SHA-256 of the file: the same file again is the same import.';
comment on column platform_file.total is 'The sum of its rows, in đồng.';

create table platform_row (
    file_id bigint not null references platform_file,
    number integer not null check (number between 1 and 100000),
    code text collate "C",
    transaction_id text collate "C",
    amount bigint check (amount between 0 and 9999999999999),
    happened_at timestamptz,
    bank text,
    status text check (status in ('1', '3', '4')),
    fault text check (length(fault) between 1 and 200),
    constraint platform_row_pkey primary key (file_id, number),
    constraint platform_row_whole_check check
        ((fault is null) = (num_nulls(code, transaction_id, amount, status) = 0))
);
comment on table platform_row is 'A row of a day''s file of the platform, as it was read. Facts.';
comment on column platform_row.code is 'MaThamChieu.';
comment on column platform_row.transaction_id is 'MaGiaoDich.';
comment on column platform_row.happened_at is 'ThoiGianGD, where it could be read.';
comment on column platform_row.status is 'TrangThaiGD: 1 paid, 3 unknown or under way, 4 failed.';
comment on column platform_row.fault is 'The field that could not be read; the row then counts for nothing.';
create index platform_row_transaction_idx on platform_row (transaction_id);

alter table reconciliation_case drop constraint reconciliation_case_kind_check;
alter table reconciliation_case add constraint reconciliation_case_kind_check check (kind in ('underpaid', 'overpaid',
    'late', 'unknown_reference', 'other_account', 'conflict', 'amount_mismatch', 'duplicate_line', 'unmatched',
    'missing_at_bank', 'statement_gap', 'alarm', 'platform_difference'));
create unique index reconciliation_case_platform_key on reconciliation_case (content_hash)
    where kind = 'platform_difference';
insert into case_kind (kind, due_days, held_by) values ('platform_difference', 1, null);
insert into state_transition (machine, from_state, event, to_state) values
    ('platform_payment', 'waiting', 'pay', 'paid'), ('platform_payment', 'waiting', 'fail', 'failed'),
    ('platform_payment', 'waiting', 'give_up', 'silent'), ('platform_payment', 'failed', 'pay', 'paid'),
    ('platform_payment', 'silent', 'pay', 'paid'), ('platform_payment', 'silent', 'fail', 'failed');
insert into versioned_table (name, key_columns, left_out) values
    ('platform_link', '{id}', '{}'),
    ('platform_payment', '{id}', '{attempts,next_query_at,leased_until,last_error}'),
    ('platform_file', '{id}', '{}'), ('platform_row', '{file_id,number}', '{}');
