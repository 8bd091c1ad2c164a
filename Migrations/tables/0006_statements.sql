-- Why: the bank's statements, line by line, and when a payment must be on one.

create table statement (
    id bigint generated always as identity primary key,
    account_number text not null references bank_account,
    file_hash bytea not null,
    format text not null,
    file_name text,
    lines integer not null,
    credits bigint not null,
    debits bigint not null,
    opening_balance bigint,
    closing_balance bigint,
    first_day date,
    last_day date,
    overlapping integer not null default 0,
    imported_at timestamptz not null default now(),
    imported_by text not null,
    imported_by_id text not null,
    gap bigint not null default 0,
    is_feed boolean not null default false,
    forced_by text,
    forced_why text,
    forced_reasons jsonb,
    constraint statement_account_hash_key unique (account_number, file_hash),
    constraint statement_forced_check
        check (num_nulls(forced_by, forced_why, forced_reasons) in (0, 3) and forced_why <> '')
);
comment on table statement is
    'A file of the bank''s that lists the movements of an account. Its lines are in statement_line.';
comment on column statement.file_hash is 'SHA-256 of the file: the same file is imported once.';
comment on column statement.lines is 'How many.';
comment on column statement.credits is 'The sum of the credit lines, in đồng.';
comment on column statement.debits is 'The sum of the debit lines, in đồng.';
comment on column statement.overlapping is 'Lines that an earlier statement had brought already.';
comment on column statement.imported_by_id is
    'Who that is, as persons are told apart: this one does not confirm what the statement recovers.';
comment on column statement.gap is 'Opening balance minus the balance carried forward; 0 if they agree.';
comment on column statement.is_feed is
    'It came by a key of the role feed: a program brought it, and no person could have changed it on the way.';
comment on column statement.forced_by is
    'Who imported it although the file is of another account or of another bank; null if it is not.';
comment on column statement.forced_why is 'Why, in their words.';
comment on column statement.forced_reasons is 'What it would have been refused for: a list of {code, values}.';

create table statement_line (
    id bigint generated always as identity primary key,
    statement_id bigint not null,
    line_number integer not null,
    account_number text not null,
    transaction_id text collate "C",
    booked_at timestamptz not null,
    booked_on date not null,
    value_date date,
    amount bigint not null check (amount <> 0),
    counterparty_name text,
    counterparty_account text,
    counterparty_bank text,
    memo text,
    balance bigint,
    reference_candidates text[]
);
comment on table statement_line is 'A movement on an account as the bank shows it. Facts: never changed or deleted.';
comment on column statement_line.counterparty_bank is
    'The number at NAPAS of the bank on the other side, if the statement tells it: 6 digits.';
comment on column statement_line.statement_id is
    'References statement. Written with it, a million at a time; `khop ledger verify` counts them.';
comment on column statement_line.line_number is 'Of the file.';
comment on column statement_line.transaction_id is 'The bank''s id of the transfer, if the file has one.';
comment on column statement_line.booked_on is 'The business day of booked_at.';
comment on column statement_line.amount is 'In đồng; positive for a credit.';
comment on column statement_line.balance is 'After this line, if the file says.';
comment on column statement_line.reference_candidates is
    'Our references that were found in the memo or a structured field, in their order.';
-- Lines come in the order of their days, near enough: a range of pages holds few of them, and the index costs nothing
-- to keep. There is none by the bank's id: see line_outcome.transaction_id.
create index statement_line_day_idx on statement_line using brin (booked_on)
    with (pages_per_range = 32, autosummarize = on);

create table account_terms (
    account_number text primary key references bank_account,
    cut_off_days integer not null default 1 check (cut_off_days between 0 and 30),
    recovery text not null default 'confirmed' check (recovery in ('automatic', 'confirmed')),
    changed_at timestamptz not null default now(),
    changed_by text not null
);
comment on table account_terms is 'How the statements of an account are read.';
comment on column account_terms.cut_off_days is
    'How many bank days after its day a payment is expected on a statement.';
comment on column account_terms.recovery is
    'Whether a line without a notice settles a request at once, or when another person than the one who imported the '
    'statement has confirmed it. What a feed brought is trusted always.';

create table bank_holiday (day date primary key, name text not null);
comment on table bank_holiday is 'Days on which banks do not book.';
create table bank_weekend (isodow integer primary key check (isodow between 1 and 7));
comment on table bank_weekend is 'Days of the week on which banks do not book.';
comment on column bank_weekend.isodow is '1 is Monday.';
