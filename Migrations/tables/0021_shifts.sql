-- Why: cashiers' shifts: what a drawer began with, took, gave back and was counted to hold, and where the cash went.

alter table ledger_account drop constraint ledger_account_kind_check;
alter table ledger_account add constraint ledger_account_kind_check check (kind in
    ('bank', 'revenue', 'suspense', 'desk', 'clearing', 'opening', 'commission', 'refund', 'write_off',
        'cash_difference'));
comment on column ledger_account.kind is
    'bank: money at the bank, owner = account number. revenue: collected for an agency, owner = agency. suspense: '
    'arrived and not yet assigned, owner = account number. desk: taken in cash at a counter, owner = agency. '
    'clearing: entered at a counter as paid without cash, or carried to the bank in cash, and not yet confirmed by the '
    'bank, owner = agency. opening: what an account held before its first statement. commission: gateway fees. refund: '
    'executed refunds that no debit line has confirmed yet. write_off: approved losses and gains. cash_difference: '
    'what drawers held less or more than they should have, owner = agency.';
comment on column ledger_transfer.kind is
    'Why: payment, suspense, clearing, desk, opening, commission, refund, refund_paid, write_off, confirmed_by_hand, '
    'deposit, cash_difference, statement_ and an outcome; undo_ and the kind of the posting that it reverses.';

-- A deposit of cash is in clearing like a payment by card, and is of no request.
alter table clearing_item alter column payment_request_id drop not null;
comment on column clearing_item.payment_request_id is
    'References payment_request. Null: cash that was carried to the bank, see cash_deposit.';
comment on column clearing_item.receipt_number is
    'What the cashier copied from the slip: often the bank''s own id; of a deposit, the number on the bank''s slip.';

create table cash_deposit (
    id bigint generated always as identity primary key,
    agency_code text not null,
    account_number text not null references bank_account,
    amount bigint not null check (amount between 1 and 9999999999999),
    slip_number text not null check (length(slip_number) between 1 and 50),
    deposited_on date not null,
    notice_id bigint not null constraint cash_deposit_notice_key unique,
    made_by uuid not null references person,
    made_by_name text not null,
    made_at timestamptz not null,
    constraint cash_deposit_slip_key unique (account_number, slip_number)
);
comment on table cash_deposit is
    'Cash of closed shifts that was carried to the bank. It is in the clearing account of its agency until a line of '
    'the statement shows it (clearing_item). Facts: never changed or deleted.';
comment on column cash_deposit.notice_id is 'References bank_notice: the entry in clearing.';
comment on column cash_deposit.slip_number is 'The number on the bank''s slip, by which the line is found.';
create index cash_deposit_agency_idx on cash_deposit (agency_code, id);

create table shift (
    id bigint generated always as identity primary key,
    agency_code text not null,
    cashier uuid not null references person,
    cashier_name text not null,
    state text not null default 'open' check (state in ('open', 'counted', 'closed')),
    float_amount bigint not null check (float_amount between 0 and 9999999999999),
    opened_at timestamptz not null,
    count_turn smallint not null default 0 check (count_turn between 0 and 100),
    expected_cash bigint check (expected_cash between 0 and 99999999999999),
    counted_cash bigint check (counted_cash between 0 and 99999999999999),
    explanation text check (length(explanation) between 1 and 500),
    counted_at timestamptz,
    approved_by uuid references person,
    approved_by_name text,
    approval_note text check (length(approval_note) between 1 and 500),
    closed_at timestamptz,
    deposit_id bigint references cash_deposit,
    constraint shift_counted_check check ((state = 'open') = (counted_cash is null)
        and num_nulls(expected_cash, counted_cash, counted_at) in (0, 3) and (counted_cash is null) = (count_turn = 0)),
    constraint shift_explained_check
        check (counted_cash is null or counted_cash = expected_cash or explanation is not null),
    constraint shift_closed_check check ((state = 'closed') = (closed_at is not null)),
    -- A difference takes two persons.
    constraint shift_approved_check
        check (state <> 'closed' or counted_cash = expected_cash or approved_by is not null),
    constraint shift_two_persons_check check (approved_by <> cashier),
    constraint shift_approval_check check (num_nulls(approved_by, approved_by_name) in (0, 2)
        and (approved_by is null or (state = 'closed' and approval_note is not null))),
    constraint shift_deposit_check check (deposit_id is null or state = 'closed')
);
comment on table shift is
    'A cashier''s shift at the drawer of one agency. open: takes money. counted: the drawer holds less or more than it '
    'should, which another person decides on. closed: nothing of it changes but where its cash was carried to.';
comment on column shift.float_amount is 'What the drawer held at the beginning, for change; it stays in the drawer.';
comment on column shift.count_turn is 'How often the drawer was counted; the last count holds.';
comment on column shift.expected_cash is
    'The float, what was taken in cash, less what was given back: checked by shift_changed.';
comment on column shift.counted_cash is 'The sum of the last count: checked by shift_changed.';
comment on column shift.explanation is 'The cashier''s own words about the difference.';
comment on column shift.approved_by is 'Who decided on the difference: never the cashier.';
create unique index shift_open_key on shift (cashier, agency_code) where state = 'open';
create index shift_agency_idx on shift (agency_code, id);
create index shift_cashier_idx on shift (cashier, id);
create index shift_deposit_idx on shift (deposit_id) where deposit_id is not null;

create table shift_count (
    shift_id bigint not null references shift,
    turn smallint not null check (turn between 1 and 100),
    denomination integer not null check (denomination in
        (500000, 200000, 100000, 50000, 20000, 10000, 5000, 2000, 1000, 1)),
    pieces bigint not null check (pieces between 1 and 9999999999),
    constraint shift_count_pkey primary key (shift_id, turn, denomination)
);
comment on table shift_count is 'The notes that were counted in a drawer. Facts: each count is kept.';
comment on column shift_count.denomination is 'In đồng; 1: coins and whatever else, with the sum as pieces.';

create table shift_taking (
    notice_id bigint primary key,
    shift_id bigint not null references shift,
    channel text not null check (channel in ('counter_cash', 'counter_card', 'counter_qr', 'counter_transfer')),
    amount bigint not null check (amount between 1 and 9999999999999),
    tendered bigint check (tendered between amount and 9999999999999),
    taken_by uuid not null references person,
    taken_at timestamptz not null,
    constraint shift_taking_tendered_check check (tendered is null or channel = 'counter_cash')
);
comment on table shift_taking is 'A payment that a cashier took in a shift. Facts: never changed or deleted.';
comment on column shift_taking.notice_id is 'References bank_notice, checked by shift_taking_added.';
comment on column shift_taking.tendered is 'What the payer handed over; the rest above the amount was the change.';
comment on column shift_taking.taken_by is 'The cashier whose shift it is: checked by shift_taking_added.';
create index shift_taking_shift_idx on shift_taking (shift_id, notice_id);

create table shift_giveback (
    refund_id uuid primary key references refund,
    shift_id bigint not null references shift,
    amount bigint not null check (amount between 1 and 9999999999999),
    given_by uuid not null references person,
    given_at timestamptz not null
);
comment on table shift_giveback is
    'A refund that was handed out of a drawer. Facts: never changed or deleted; checked by shift_giveback_added.';
create index shift_giveback_shift_idx on shift_giveback (shift_id);

-- A refund is settled by a line of the statement, or by whoever handed it out.
alter table refund add column handed_out_in bigint references shift;
alter table refund drop constraint refund_settled_check;
alter table refund add constraint refund_settled_check
    check ((state = 'settled') = (num_nonnulls(statement_line_id, handed_out_in) = 1)
        and num_nonnulls(statement_line_id, handed_out_in) <= 1 and (handed_out_in is null or paid_by_hand));
comment on column refund.handed_out_in is 'The shift in which a cashier handed it out.';
create index refund_handed_out_idx on refund (handed_out_in) where handed_out_in is not null;

insert into state_transition (machine, from_state, event, to_state) values
    ('shift', 'open', 'close', 'closed'),
    ('shift', 'open', 'count', 'counted'),
    ('shift', 'counted', 'close', 'closed'),
    ('shift', 'counted', 'approve', 'closed');
insert into versioned_table (name, key_columns) values
    ('shift', '{id}'), ('shift_count', '{shift_id,turn,denomination}'), ('shift_taking', '{notice_id}'),
    ('shift_giveback', '{refund_id}'), ('cash_deposit', '{id}');

comment on column event.subject is
    'What it is about, `request:<uuid>`, `case:<id>` or `shift:<id>`; the events of a subject are delivered in order.';
comment on column event_endpoint.types is
    'The types sent to it; null for all, including those of later versions, but those that are sent only where they '
    'are named.';
