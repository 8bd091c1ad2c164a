-- Why: the outcome of each statement line, how far an account is reconciled, and which days were signed off.

create table reconciliation_run (
    id bigint generated always as identity primary key,
    account_number text not null references bank_account,
    through date not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    started_by text not null,
    counts jsonb,
    abandoned_at timestamptz,
    continues bigint references reconciliation_run,
    constraint reconciliation_run_finished_check check (finished_at is null or counts is not null),
    constraint reconciliation_run_abandoned_check check (finished_at is null or abandoned_at is null)
);
-- One run of an account at a time.
create unique index reconciliation_run_under_way_key on reconciliation_run (account_number)
    where finished_at is null and abandoned_at is null;
comment on table reconciliation_run is 'One run that classified an account''s lines up to and including a day.';
comment on column reconciliation_run.finished_at is 'When all of it was written; null while it is under way.';
comment on column reconciliation_run.abandoned_at is 'When it was found to have ended without being finished.';
comment on column reconciliation_run.through is 'The last day classified.';
comment on column reconciliation_run.counts is
    'The number of lines with each outcome, as JSON: of a run that is not finished, of what it has written so far.';
comment on column reconciliation_run.continues is
    'The first of the runs that ended without being finished, if this one went on with what they had left.';

create table line_outcome (
    id bigint generated always as identity,
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
    'The outcome of a line: one row for each line, written once. Facts: never changed; set aside in undone_row if the '
    'statement is undone.';
comment on column line_outcome.line_id is 'References statement_line, checked by line_named.';
comment on column line_outcome.run_id is 'References reconciliation_run.';
comment on column line_outcome.pass is 'The pass that decided: see docs/money-rules.md.';
comment on column line_outcome.notice_id is
    'References bank_notice, checked by line_named: the notice that the line confirms.';
comment on column line_outcome.payment_request_id is 'References payment_request.';
comment on column line_outcome.suspense_amount is
    'The part of the line that this outcome moved to suspense, or from it if negative. On a recovered line it means '
    'that the line had to wait for confirmation: see recovery_proposal.';
comment on column line_outcome.reason is
    'Why, {"code": …, "values": {…}}; null for the pass transaction_id, whose notice is the reason.';
comment on column line_outcome.transaction_id is
    'The bank''s id of a line that was not matched by that id. A line that was is found by its notice.';
-- A notice is confirmed by one line.
create unique index line_outcome_notice_key on line_outcome (notice_id)
    where outcome in ('matched', 'recovered', 'amount_mismatch');
-- Seals read what was added since the last one; a range of pages costs almost nothing.
create index line_outcome_id_idx on line_outcome using brin (id) with (pages_per_range = 32, autosummarize = on);
create index line_outcome_run_idx on line_outcome (run_id) where pass <> 'transaction_id';
create index line_outcome_transaction_idx on line_outcome (transaction_id) where transaction_id is not null;
create index line_outcome_repetition_idx on line_outcome (line_id) where pass = 'repetition';

create table line_notice (
    id bigint generated always as identity,
    line_id bigint not null,
    notice_id bigint not null,
    constraint line_notice_pkey primary key (line_id, notice_id),
    constraint line_notice_notice_key unique (notice_id)
);
create index line_notice_id_idx on line_notice using brin (id) with (pages_per_range = 32, autosummarize = on);
comment on table line_notice is
    'The other notices that a line confirms: those of a payout, of a transfer that paid several requests, of a '
    'confirmed recovery, or of a callback that arrived after its line had been put in suspense. Facts: never changed; '
    'set aside in undone_row if the statement is undone.';
comment on column line_notice.line_id is 'References statement_line, checked by line_named.';
comment on column line_notice.notice_id is 'References bank_notice, checked by line_named.';

create table recovery_proposal (
    id bigint generated always as identity primary key,
    run_id bigint not null references reconciliation_run,
    statement_id bigint not null references statement,
    line_id bigint not null,
    payment_request_id uuid not null references payment_request,
    amount bigint not null,
    state text not null default 'waiting'
        constraint recovery_proposal_state_check
        check (state in ('waiting', 'confirmed', 'rejected', 'superseded', 'undone')),
    imported_by text not null,
    imported_by_person uuid generated always as
        (case when imported_by like 'person:%' then substr(imported_by, 8)::uuid end) stored references person,
    notice_id bigint references bank_notice,
    reason jsonb,
    decided_by text,
    decided_by_person uuid generated always as
        (case when decided_by like 'person:%' then substr(decided_by, 8)::uuid end) stored references person,
    decided_by_name text,
    decided_at timestamptz,
    constraint recovery_proposal_line_key unique (line_id, payment_request_id),
    constraint recovery_proposal_amount_check check (amount > 0),
    constraint recovery_proposal_two_persons_check check (state <> 'confirmed'
        or (decided_by_person is not null and decided_by_person is distinct from imported_by_person)),
    constraint recovery_proposal_decided_check check (
        num_nulls(decided_by, decided_by_name, decided_at) = case when state = 'waiting' then 3 else 0 end),
    constraint recovery_proposal_notice_check check ((state in ('confirmed', 'superseded')) = (notice_id is not null)),
    constraint recovery_proposal_reason_check check ((state = 'rejected') = (reason is not null))
);
comment on table recovery_proposal is
    'A recovery from an uploaded statement that another person must confirm: one row for each request that the line '
    'would pay. Until then its money is in suspense.';
comment on column recovery_proposal.line_id is
    'References statement_line, checked by recovery_proposal_added; once it is undone, undone_row.';
comment on column recovery_proposal.amount is 'The amount that the line pays of the request, in đồng.';
comment on column recovery_proposal.state is
    'waiting; confirmed: settled; rejected: the line is a case; superseded: settled by a callback; undone: '
    'taken back with its statement. See state_transition.';
comment on column recovery_proposal.imported_by is
    'statement.imported_by_id, checked by recovery_proposal_added: the person who may not confirm.';
comment on column recovery_proposal.notice_id is 'The notice that settled it: that of the line or the callback.';
comment on column recovery_proposal.reason is 'Why the line is a case: code and values (Reason.json).';
comment on column recovery_proposal.decided_by is 'Who decided; system if a callback did.';
-- The waiting rows of a statement or for a request: a few among all those decided.
create index recovery_proposal_waiting_statement_idx on recovery_proposal (statement_id) where state = 'waiting';
create index recovery_proposal_waiting_request_idx on recovery_proposal (payment_request_id) where state = 'waiting';
create index recovery_proposal_notice_idx on recovery_proposal (notice_id) where notice_id is not null;

create table unconfirmed_notice (
    notice_id bigint primary key,
    account_number text not null,
    is_missing boolean not null
);
comment on table unconfirmed_notice is 'Notices up to reconciliation_state.notice_id that no line has confirmed.';
comment on column unconfirmed_notice.notice_id is 'References bank_notice.';
comment on column unconfirmed_notice.is_missing is 'Whether its expected-by date has passed, so that it has a case.';
create index unconfirmed_notice_account_idx on unconfirmed_notice (account_number);

create table reconciliation_state (
    account_number text primary key references bank_account,
    through date not null,
    line_id bigint not null,
    notice_id bigint not null
);
comment on table reconciliation_state is
    'How far an account is reconciled: every line up to line_id of a day up to through has its outcome, and every '
    'notice up to notice_id is proved or is in unconfirmed_notice. A run looks at the rest alone.';
comment on column reconciliation_state.line_id is 'References statement_line.';
comment on column reconciliation_state.notice_id is 'References bank_notice.';

create table reconciliation_sign_off (
    account_number text not null references bank_account,
    day date not null,
    signed_by text not null,
    signed_by_person uuid generated always as
        (case when signed_by like 'person:%' then substr(signed_by, 8)::uuid end) stored references person not null,
    signed_by_name text not null,
    signed_at timestamptz not null default now(),
    report jsonb not null,
    open_items integer not null check (open_items >= 0),
    note text,
    constraint reconciliation_sign_off_note_check check (open_items = 0 or note is not null),
    constraint reconciliation_sign_off_pkey primary key (account_number, day)
);
comment on table reconciliation_sign_off is
    'The signed reconciliation record of a day (biên bản đối soát); later changes are shown beside it. Facts: '
    'never changed or deleted.';
comment on column reconciliation_sign_off.report is 'The record as it was signed.';
comment on column reconciliation_sign_off.open_items is
    'The number of items of the difference, cases and waiting lines that were open.';
comment on column reconciliation_sign_off.note is 'The signer''s own words about them.';
