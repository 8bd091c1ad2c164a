-- Why: what became of each line of a statement, how far an account is reconciled, and what was signed.

create table reconciliation_run (
    id bigint generated always as identity primary key,
    account_number text not null references bank_account,
    through date not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    started_by text not null,
    counts jsonb
);

-- What a line was found to be. One row a line, written once.
create table line_outcome (
    line_id bigint primary key,
    run_id bigint not null,
    outcome text not null check (outcome in
        ('matched', 'grouped', 'recovered', 'amount_mismatch', 'duplicate_line', 'unmatched')),
    -- The pass that decided: see docs/money-rules.md.
    pass text not null,
    notice_id bigint,
    payment_request_id uuid,
    -- The part of the line that this outcome moved to or from suspense.
    suspense_amount bigint not null default 0,
    -- The bank's id of a line that was not matched by it. One that was is found by its notice.
    transaction_id text collate "C"
);
-- A notice is proved by one line.
create unique index line_outcome_notice_key on line_outcome (notice_id)
    where outcome in ('matched', 'recovered', 'amount_mismatch');
create index line_outcome_run_idx on line_outcome (run_id) where pass <> 'transaction_id';
create index line_outcome_transaction_idx on line_outcome (transaction_id) where transaction_id is not null;
create index line_outcome_repetition_idx on line_outcome (line_id) where pass = 'repetition';

-- The notices that a line proves besides: those of a payout, of a transfer that paid several requests, of a callback
-- that came after its line had been put to suspense.
create table line_notice (
    line_id bigint not null,
    notice_id bigint not null,
    constraint line_notice_pkey primary key (line_id, notice_id),
    constraint line_notice_notice_key unique (notice_id)
);

-- Notices up to reconciliation_state.notice_id that no line has proved. `is_missing`: their cut-off has passed, and
-- they have their case.
create table unproved_notice (
    notice_id bigint primary key,
    account_number text not null,
    is_missing boolean not null
);
create index unproved_notice_account_idx on unproved_notice (account_number);

-- How far an account is reconciled: every line up to `line_id` of a day up to `through` has its outcome, and every
-- notice below `notice_id` whose cut-off is up to `through` is proved or has its case. A run looks at the rest alone.
create table reconciliation_state (
    account_number text primary key references bank_account,
    through date not null,
    line_id bigint not null,
    notice_id bigint not null
);

create table reconciliation_sign_off (
    account_number text not null references bank_account,
    day date not null,
    signed_by text not null,
    signed_by_name text not null,
    signed_at timestamptz not null default now(),
    -- The minutes as they were signed.
    report jsonb not null,
    constraint reconciliation_sign_off_pkey primary key (account_number, day)
);
