-- Why: refunds, which take two persons and never exceed what was received.

create table refund_file (
    id bigint generated always as identity primary key,
    account_number text not null references bank_account,
    message_id text not null constraint refund_file_message_key unique,
    created_at timestamptz not null,
    created_by text not null,
    created_by_id text not null,
    created_by_person uuid generated always as
        (case when created_by_id like 'person:%' then substr(created_by_id, 8)::uuid end) stored not null
        references person
);
comment on table refund_file is 'A payment file that was handed out, so that no refund is in two files.';
comment on column refund_file.created_by is 'The name of the person, for people.';
comment on column refund_file.message_id is 'The id of the file, as the bank reads it.';
create index refund_file_account_idx on refund_file (account_number, id);

create table refund (
    id uuid primary key,
    end_to_end_id text not null constraint refund_end_to_end_key unique
        check (end_to_end_id ~ '^KHR[0-9A-HJKMNP-TV-Z]{14}$'),
    payment_request_id uuid references payment_request,
    case_id bigint references reconciliation_case,
    account_number text not null references bank_account,
    amount bigint not null check (amount between 1 and 9999999999999),
    reason text not null check (length(reason) between 1 and 500),
    note text,
    beneficiary_bin text check (beneficiary_bin ~ '^[0-9]{6}$'),
    beneficiary_account text check (beneficiary_account ~ '^[0-9A-Za-z]{6,19}$'),
    beneficiary_name text check (length(beneficiary_name) between 1 and 70),
    paid_by_hand boolean not null default false,
    state text not null default 'requested'
        check (state in ('requested', 'approved', 'rejected', 'executed', 'settled')),
    requested_by text not null,
    requested_by_person uuid generated always as
        (case when requested_by like 'person:%' then substr(requested_by, 8)::uuid end) stored references person,
    requested_by_name text not null,
    requested_at timestamptz not null,
    approved_by text,
    approved_by_person uuid generated always as
        (case when approved_by like 'person:%' then substr(approved_by, 8)::uuid end) stored references person,
    approved_by_name text,
    approved_at timestamptz,
    adopted_by text,
    adopted_by_person uuid generated always as
        (case when adopted_by like 'person:%' then substr(adopted_by, 8)::uuid end) stored references person,
    adopted_by_name text,
    adopted_at timestamptz,
    approvals_needed smallint not null default 1 check (approvals_needed in (1, 2)),
    second_approved_by text,
    second_approved_by_person uuid generated always as
        (case when second_approved_by like 'person:%' then substr(second_approved_by, 8)::uuid end) stored
        references person,
    second_approved_by_name text,
    second_approved_at timestamptz,
    rejected_by text,
    rejected_by_person uuid generated always as
        (case when rejected_by like 'person:%' then substr(rejected_by, 8)::uuid end) stored references person,
    rejected_by_name text,
    rejected_at timestamptz,
    executed_by text,
    executed_by_person uuid generated always as
        (case when executed_by like 'person:%' then substr(executed_by, 8)::uuid end) stored references person,
    executed_by_name text,
    executed_at timestamptz,
    executed_on date,
    settled_at timestamptz,
    statement_line_id bigint constraint refund_statement_line_key unique references statement_line,
    file_id bigint references refund_file,
    salt uuid default gen_random_uuid(),
    constraint refund_source_check check (payment_request_id is not null or case_id is not null),
    constraint refund_two_persons_check
        check (approved_by <> requested_by and approved_by_person <> requested_by_person
            and approved_by_person <> adopted_by_person),
    constraint refund_third_person_check
        check (second_approved_by_person <> requested_by_person and second_approved_by_person <> adopted_by_person
            and second_approved_by_person <> approved_by_person),
    constraint refund_adopted_check
        check (adopted_by is null or (adopted_by_person is not null and requested_by_person is null)),
    constraint refund_second_check
        check (second_approved_by is null
            or (second_approved_by_person is not null and approvals_needed = 2 and approved_by is not null)),
    constraint refund_approved_check
        check (state not in ('approved', 'executed', 'settled') or (approved_by_person is not null
            and coalesce(adopted_by_person, requested_by_person) is not null
            and (approvals_needed = 1 or second_approved_by_person is not null))),
    constraint refund_executed_check check ((state in ('executed', 'settled'))
        = (executed_at is not null and executed_by_person is not null)),
    constraint refund_settled_check check ((state = 'settled') = (statement_line_id is not null)),
    constraint refund_beneficiary_check check (
        num_nulls(beneficiary_bin, beneficiary_account, beneficiary_name) in (0, 3)),
    constraint refund_payee_check
        check (state not in ('approved', 'executed', 'settled') or paid_by_hand or beneficiary_account is not null),
    constraint refund_file_check check (file_id is null or not paid_by_hand)
);
comment on table refund is
    'A refund: requested by one person, approved by another, sent to the bank, and confirmed by a debit line.';
comment on column refund.requested_by is
    'A person, or the key of a portal that cancelled a request; a person takes it over then, see adopted_by.';
comment on column refund.adopted_by is
    'The person who stands behind what a program asked for; who approves is another one.';
comment on column refund.approvals_needed is
    'How many persons must approve: 2 if it was above what the first of them may approve.';
comment on column refund.end_to_end_id is
    'The refund''s mark in the payment file, which returns in the memo of the debit line.';
comment on column refund.case_id is 'Set if the refund takes one case''s money.';
comment on column refund.account_number is 'The account that pays.';
comment on column refund.beneficiary_bin is
    'Null, like the other two, if no payee is named: it is then paid by hand or cannot be approved.';
comment on column refund.beneficiary_account is
    'Personal, as is beneficiary_name. Once erased, 000000 and “đã xóa” stand in their place.';
comment on column refund.salt is
    'Hashed together with the row in row_version; forgotten with the personal data, so that nobody can guess them.';
comment on column refund.paid_by_hand is 'Whether it is expressly paid outside a payment file.';
comment on column refund.executed_on is 'The business day of executed_at.';
comment on column refund.statement_line_id is 'The debit line that confirms it.';
create index refund_request_idx on refund (payment_request_id);
create index refund_case_idx on refund (case_id);
create index refund_account_state_idx on refund (account_number, state);
create index refund_approver_idx on refund (approved_by_person, approved_at);

create table refund_part (
    refund_id uuid not null references refund,
    part integer not null,
    payment_request_id uuid references payment_request,
    case_id bigint references case_money,
    amount bigint not null check (amount > 0),
    constraint refund_part_pkey primary key (refund_id, part),
    constraint refund_part_source_check check (num_nonnulls(payment_request_id, case_id) = 1)
);
comment on table refund_part is
    'A part of a refund and where its money comes from: the fee of its request, or what a case holds in suspense. '
    'Facts: never changed or deleted.';

create table approval_limit (
    id bigint generated always as identity primary key,
    role text not null check (role in ('finance', 'approver')),
    locality_code text,
    refund_amount bigint check (refund_amount between 0 and 9999999999999),
    day_amount bigint check (day_amount between 0 and 9999999999999),
    is_raised boolean not null,
    set_at timestamptz not null,
    set_on date not null,
    set_by text not null,
    set_by_name text not null
);
comment on table approval_limit is
    'What one person of a role may approve without a third. The latest of the nearest locality counts; one that is set '
    'during a day can lower that day''s limit, and raise the next day''s. Facts: never changed or deleted.';
comment on column approval_limit.locality_code is 'Null for every locality.';
comment on column approval_limit.refund_amount is 'Of one refund; null without a limit.';
comment on column approval_limit.day_amount is
    'Of all refunds of a day that a person approved alone; null without a limit.';
comment on column approval_limit.is_raised is 'Whether it allows more than there would be without it.';
comment on column approval_limit.set_on is 'The business day of set_at.';
create index approval_limit_role_idx on approval_limit (role, id);
create index approval_limit_raised_idx on approval_limit (set_at) where is_raised;
