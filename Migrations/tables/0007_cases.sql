-- Why: what did not fit, and what people decided about it. Checks of the rows keep the money of a case from being
-- claimed twice.

create table reconciliation_case (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('underpaid', 'overpaid', 'late', 'unknown_reference', 'other_account',
        'conflict', 'amount_mismatch', 'duplicate_line', 'unmatched', 'missing_at_bank', 'statement_gap',
        'alarm')),
    state text not null default 'open' check (state in ('open', 'resolved', 'closed')),
    account_number text,
    agency_code text,
    payment_request_id uuid,
    notice_id bigint,
    statement_line_id bigint,
    statement_id bigint,
    content_hash bytea,
    connection_id integer references connection,
    amount bigint not null,
    evidence jsonb not null default '{}',
    reason jsonb,
    opened_at timestamptz not null default now(),
    ended_at timestamptz,
    ended_by text,
    action text,
    note text,
    assignee text,
    due_on date,
    salt uuid default gen_random_uuid(),
    constraint reconciliation_case_ended_check check ((state = 'open') = (ended_at is null)),
    constraint reconciliation_case_connection_check check ((kind = 'conflict') = (connection_id is not null))
);
comment on table reconciliation_case is 'A case (vụ việc): something that did not fit and waits for a person.';
comment on column reconciliation_case.state is 'open; resolved by a person; closed by itself. See state_transition.';
comment on column reconciliation_case.payment_request_id is
    'References payment_request, checked by reconciliation_case_added.';
comment on column reconciliation_case.notice_id is 'References bank_notice, checked by reconciliation_case_added.';
comment on column reconciliation_case.statement_line_id is 'References statement_line.';
comment on column reconciliation_case.statement_id is 'References statement, for the kind statement_gap.';
comment on column reconciliation_case.content_hash is
    'For the kind conflict, the conflicting content: different content, or the same for another account, is another '
    'case. For the kind alarm, SHA-256 of what it is about and its day.';
comment on column reconciliation_case.connection_id is
    'For the kind conflict, the connection that brought the conflicting report: not always that of the first report, '
    'for an issuer may have several.';
comment on column reconciliation_case.amount is 'The amount in question, in đồng.';
comment on column reconciliation_case.evidence is
    'The facts when it was opened, as JSON; a conflict''s message as received is in it, sealed under a raw_key.';
comment on column reconciliation_case.salt is
    'Hashed together with the row in row_version; forgotten with the personal data, as case_proposal.salt.';
comment on column reconciliation_case.reason is
    'Why it was opened: the code and the values of the decision (Reason.json).';
comment on column reconciliation_case.action is
    'How it ended; statement_undone: taken back with the import that had opened it.';
comment on column reconciliation_case.assignee is 'Who works on it.';
comment on column reconciliation_case.due_on is 'Set if a person chose a day other than the kind''s default.';
-- A subject has at most one case of each kind, not counting what was taken back with its statement.
create unique index reconciliation_case_notice_key on reconciliation_case (notice_id, kind)
    where kind in ('overpaid', 'late', 'unknown_reference', 'other_account', 'missing_at_bank')
        and action is distinct from 'statement_undone';
create unique index reconciliation_case_line_key on reconciliation_case (statement_line_id)
    where kind in ('amount_mismatch', 'duplicate_line', 'unmatched');
create unique index reconciliation_case_underpaid_key on reconciliation_case (payment_request_id)
    where kind = 'underpaid';
create unique index reconciliation_case_gap_key on reconciliation_case (statement_id) where kind = 'statement_gap';
create unique index reconciliation_case_alarm_key on reconciliation_case (content_hash) where kind = 'alarm';
create unique index reconciliation_case_conflict_key on reconciliation_case (notice_id, content_hash, account_number)
    where kind = 'conflict';

-- New cases: a batch in one value.
create type case_record as (
    kind text,
    account_number text,
    agency_code text,
    payment_request_id uuid,
    notice_id bigint,
    statement_line_id bigint,
    statement_id bigint,
    content_hash bytea,
    connection_id integer,
    amount bigint,
    evidence text,
    reason text
);
create index reconciliation_case_state_idx on reconciliation_case (state, kind);
create index reconciliation_case_request_idx on reconciliation_case (payment_request_id);

create table case_kind (
    kind text primary key,
    due_days integer not null check (due_days between 0 and 365),
    held_by text check (held_by in ('notice', 'line'))
);
comment on table case_kind is 'The kinds of cases: how long each may stay open, and whether it holds money.';
comment on column case_kind.due_days is 'How many days after it was opened.';
comment on column case_kind.held_by is
    'What put the money of such a case into suspense; null for kinds that hold none.';
insert into case_kind (kind, due_days, held_by) values
    ('conflict', 1, null), ('statement_gap', 1, null), ('alarm', 1, null), ('missing_at_bank', 2, null),
    ('underpaid', 5, null), ('overpaid', 5, 'notice'), ('late', 3, 'notice'), ('unknown_reference', 3, 'notice'),
    ('other_account', 3, 'notice'), ('amount_mismatch', 3, 'line'), ('duplicate_line', 3, 'line'),
    ('unmatched', 3, 'line');

create table case_event (
    id bigint generated always as identity primary key,
    case_id bigint not null,
    event text not null check (event in ('opened', 'noted', 'attached', 'assigned', 'due_changed', 'proposed',
        'withdrawn', 'performed', 'asked_bank', 'resolved', 'closed', 'reopened')),
    actor_id text not null,
    actor_name text not null,
    detail jsonb not null default '{}',
    happened_at timestamptz not null default now()
);
comment on table case_event is
    'The history of a case: its notes, attachments (by reference), assignments, proposals and changes of state. '
    'Facts: never changed or deleted.';
comment on column case_event.case_id is
    'References reconciliation_case. Written with it, thousands at a time, or by a transaction that has locked it.';
comment on column case_event.detail is 'The event''s detail, as JSON.';
create index case_event_case_idx on case_event (case_id, id);

create table case_proposal (
    id bigint generated always as identity primary key,
    case_id bigint not null references reconciliation_case,
    action text not null check (action in ('accept', 'link', 'split', 'refund', 'write_off')),
    arguments jsonb not null,
    note text not null,
    state text not null default 'waiting' check (state in ('waiting', 'performed', 'withdrawn')),
    proposed_by text not null,
    proposed_by_person uuid generated always as
        (case when proposed_by like 'person:%' then substr(proposed_by, 8)::uuid end) stored references person not null,
    proposed_by_name text not null,
    proposed_at timestamptz not null default now(),
    decided_by text,
    decided_by_person uuid generated always as
        (case when decided_by like 'person:%' then substr(decided_by, 8)::uuid end) stored references person,
    decided_by_name text,
    decided_at timestamptz,
    salt uuid default gen_random_uuid(),
    constraint case_proposal_two_persons_check check (state <> 'performed'
        or (decided_by_person is not null and decided_by_person <> proposed_by_person)),
    constraint case_proposal_decided_check check ((state = 'waiting') = (decided_at is null))
);
comment on table case_proposal is 'A move of money that waits for the second person.';
comment on column case_proposal.arguments is 'The arguments of the action, completed with the amounts it moves.';
comment on column case_proposal.decided_by is 'Who performed or withdrew it; if it was performed, never the proposer.';
create unique index case_proposal_waiting_key on case_proposal (case_id) where state = 'waiting';

create table case_money (
    case_id bigint primary key references reconciliation_case,
    held bigint not null default 0,
    used bigint not null default 0,
    constraint case_money_used_check check (
        (held >= 0 and used between 0 and held) or (held < 0 and used between held and 0))
);
comment on table case_money is
    'What a case has in suspense, and how much of it has been claimed. The row is created when it is first needed.';
comment on column case_money.held is
    'Positive for money that arrived, negative for money that left; derived from the facts by case_money_derive.';
comment on column case_money.used is
    'The sum of suspense_use. A check of the row keeps it within what is held, however many claims are made at once.';

create table suspense_use (
    id bigint generated always as identity primary key,
    case_id bigint not null references case_money,
    action text not null check (action in ('settle', 'refund', 'release', 'write_off', 'refund_line', 'confirm')),
    amount bigint not null check (amount <> 0),
    notice_id bigint references bank_notice,
    refund_id uuid,
    recorded_at timestamptz not null default now(),
    constraint suspense_use_notice_check check ((action in ('settle', 'confirm')) = (notice_id is not null)),
    constraint suspense_use_refund_check
        check ((action in ('refund', 'release', 'refund_line')) = (refund_id is not null))
);
comment on table suspense_use is
    'One row for each claim on a case''s money; a released claim is a row of the opposite sign. Facts: never changed '
    'or deleted.';
comment on column suspense_use.action is
    'settle: paid a request. refund: claimed by a refund. release: released by a rejected refund. write_off: posted '
    'as a gain or loss. refund_line: a debit line that is a refund. confirm: the line confirms a payment that a '
    'notice had already posted.';
comment on column suspense_use.refund_id is 'References refund.';
create index suspense_use_case_idx on suspense_use (case_id);
create index suspense_use_notice_idx on suspense_use (notice_id) where notice_id is not null;
