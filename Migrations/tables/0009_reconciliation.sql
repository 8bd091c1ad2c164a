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
comment on table reconciliation_run is 'One run that judged an account''s lines through a day.';
comment on column reconciliation_run.through is 'The last day judged.';
comment on column reconciliation_run.counts is 'How many lines were found to be what, as JSON.';

create table line_outcome (
    line_id bigint primary key,
    run_id bigint not null,
    outcome text not null check (outcome in
        ('matched', 'grouped', 'recovered', 'amount_mismatch', 'duplicate_line', 'unmatched')),
    pass text not null,
    notice_id bigint,
    payment_request_id uuid,
    suspense_amount bigint not null default 0,
    transaction_id text collate "C",
    reason jsonb
);
comment on table line_outcome is
    'What a line was found to be: one row a line, written once. Facts: never changed or deleted.';
comment on column line_outcome.line_id is 'References statement_line, checked by line_named.';
comment on column line_outcome.run_id is 'References reconciliation_run.';
comment on column line_outcome.pass is 'The pass that decided: see docs/money-rules.md.';
comment on column line_outcome.notice_id is
    'References bank_notice, checked by line_named: the notice that the line proves.';
comment on column line_outcome.payment_request_id is 'References payment_request.';
comment on column line_outcome.suspense_amount is
    'The part of the line that this outcome moved to suspense, or from it if negative.';
comment on column line_outcome.reason is
    'Why, {"code": …, "values": {…}}; null for the pass transaction_id, whose notice shows it.';
comment on column line_outcome.transaction_id is
    'The bank''s id of a line that was not matched by it. One that was is found by its notice.';
-- A notice is proved by one line.
create unique index line_outcome_notice_key on line_outcome (notice_id)
    where outcome in ('matched', 'recovered', 'amount_mismatch');
create index line_outcome_run_idx on line_outcome (run_id) where pass <> 'transaction_id';
create index line_outcome_transaction_idx on line_outcome (transaction_id) where transaction_id is not null;
create index line_outcome_repetition_idx on line_outcome (line_id) where pass = 'repetition';

create table line_notice (
    line_id bigint not null,
    notice_id bigint not null,
    constraint line_notice_pkey primary key (line_id, notice_id),
    constraint line_notice_notice_key unique (notice_id)
);
comment on table line_notice is
    'The notices that a line proves besides: those of a payout, of a transfer that paid several requests, of a '
    'callback that came after its line had been put to suspense. Facts: never changed or deleted.';
comment on column line_notice.line_id is 'References statement_line, checked by line_named.';
comment on column line_notice.notice_id is 'References bank_notice, checked by line_named.';

create table unproved_notice (
    notice_id bigint primary key,
    account_number text not null,
    is_missing boolean not null
);
comment on table unproved_notice is 'Notices up to reconciliation_state.notice_id that no line has proved.';
comment on column unproved_notice.notice_id is 'References bank_notice.';
comment on column unproved_notice.is_missing is 'The day it was expected by has passed, and it has its case.';
create index unproved_notice_account_idx on unproved_notice (account_number);

create table reconciliation_state (
    account_number text primary key references bank_account,
    through date not null,
    line_id bigint not null,
    notice_id bigint not null
);
comment on table reconciliation_state is
    'How far an account is reconciled: every line up to line_id of a day up to through has its outcome, and every '
    'notice up to notice_id is proved or is in unproved_notice. A run looks at the rest alone.';
comment on column reconciliation_state.line_id is 'References statement_line.';
comment on column reconciliation_state.notice_id is 'References bank_notice.';

create table reconciliation_sign_off (
    account_number text not null references bank_account,
    day date not null,
    signed_by text not null,
    signed_by_name text not null,
    signed_at timestamptz not null default now(),
    report jsonb not null,
    constraint reconciliation_sign_off_pkey primary key (account_number, day)
);
comment on table reconciliation_sign_off is
    'A day''s reconciliation record (biên bản đối soát), signed: what changes afterwards shows. Facts: never '
    'changed or deleted.';
comment on column reconciliation_sign_off.report is 'The record as it was signed.';
