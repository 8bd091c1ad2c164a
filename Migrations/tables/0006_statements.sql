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
    -- Lines that an earlier statement had brought already.
    overlapping integer not null default 0,
    imported_at timestamptz not null default now(),
    imported_by text not null,
    -- What the statement's opening balance is more than the statements before it lead to; 0 where they meet.
    gap bigint not null default 0,
    constraint statement_account_hash_key unique (account_number, file_hash)
);

create table statement_line (
    id bigint generated always as identity primary key,
    -- Written with the statement itself, a million at a time; `khop ledger verify` counts them.
    statement_id bigint not null,
    line_number integer not null,
    account_number text not null,
    transaction_id text collate "C",
    booked_at timestamptz not null,
    -- The business day of booked_at.
    booked_on date not null,
    value_date date,
    -- Positive for a credit.
    amount bigint not null check (amount <> 0),
    counterparty_name text,
    counterparty_account text,
    memo text,
    balance bigint,
    -- Our references that were found in the memo or a structured field, in their order.
    reference_candidates text[]
);
create index statement_line_day_idx on statement_line using brin (booked_on)
    with (pages_per_range = 32, autosummarize = on);

-- How an account's statements are read.
create table account_terms (
    account_number text primary key references bank_account,
    -- A payment of a day must be on the statements of so many bank days later.
    cut_off_days integer not null default 1 check (cut_off_days between 0 and 30),
    changed_at timestamptz not null default now(),
    changed_by text not null
);

-- Days on which banks do not book: holidays, and days of the week (1 is Monday).
create table bank_holiday (day date primary key, name text not null);
create table bank_weekend (isodow integer primary key check (isodow between 1 and 7));
