-- Why: what was collected for the State budget goes to the State Treasury: what is due, in which orders, and when
-- the bank paid each (Decree 118/2025/NĐ-CP, article 24.3; form C1-02/NS of Decree 347/2025/NĐ-CP).

-- Of which chapter a fee is, to which Treasury account it goes and how often. Null: as docs/remittance.md says.
alter table fee add column chapter text constraint fee_chapter_check check (chapter ~ '^[0-9]{3}$');
alter table fee add column remittance text constraint fee_remittance_check
    check (remittance in ('weekly_thursday', 'weekly_monday', 'monthly', 'working_hours'));
alter table fee add column treasury_account text constraint fee_treasury_account_check
    check (treasury_account in ('7111', '3511'));
comment on column fee.chapter is 'The chapter of the State budget, three digits; null for that of the agency.';
comment on column fee.remittance is
    'By when it is remitted, as its circular says; null: online money within 8 working hours, other by the 5th of the '
    'next month.';
comment on column fee.treasury_account is
    '7111: revenue of the budget, less what the agency retains. 3511: fees that wait for the budget, whole. '
    'Null: 7111.';

alter table ledger_account drop constraint ledger_account_kind_check;
alter table ledger_account add constraint ledger_account_kind_check check (kind in
    ('bank', 'revenue', 'suspense', 'desk', 'clearing', 'opening', 'commission', 'refund', 'write_off',
        'cash_difference', 'remittance', 'budget'));
comment on column ledger_account.kind is
    'bank: money at the bank, owner = account number. revenue: collected for an agency, owner = agency. suspense: '
    'arrived and not yet assigned, owner = account number. desk: taken in cash at a counter, owner = agency. '
    'clearing: entered at a counter as paid without cash, or carried to the bank in cash, and not yet confirmed by the '
    'bank, owner = agency. opening: what an account held before its first statement. commission: gateway fees. refund: '
    'executed refunds that no debit line has confirmed yet. write_off: approved losses and gains. cash_difference: '
    'what drawers held less or more than they should have, owner = agency. remittance: orders to the Treasury that '
    'were handed to the bank and that no debit line has confirmed yet, owner = account number. budget: passed on to '
    'the State budget, owner = agency.';
comment on column ledger_transfer.kind is
    'Why: payment, suspense, clearing, desk, opening, commission, refund, refund_paid, write_off, confirmed_by_hand, '
    'deposit, cash_difference, remittance, remittance_paid, remittance_returned, statement_ and an outcome; undo_ and '
    'the kind of the posting that it reverses.';

create table treasury_payer (
    id bigint generated always as identity primary key,
    agency_code text not null,
    name text not null check (length(name) between 1 and 300),
    address text check (length(address) between 1 and 300),
    tax_code text not null check (tax_code ~ '^[0-9]{10}(-[0-9]{3})?$'),
    chapter text not null check (chapter ~ '^[0-9]{3}$'),
    treasury_code text not null check (treasury_code ~ '^[0-9]{4}$'),
    treasury_name text not null check (length(treasury_name) between 1 and 300),
    office_code text not null check (office_code ~ '^[0-9]{7}$'),
    office_name text not null check (length(office_name) between 1 and 300),
    area_code text not null check (area_code ~ '^[0-9A-Z]{5}$'),
    since date not null,
    set_at timestamptz not null,
    set_by text not null,
    set_by_name text not null
);
comment on table treasury_payer is
    'What orders to the Treasury say about an agency, from set_at on. Facts: a change is another row. Of an agency '
    'without one nothing is remitted here.';
comment on column treasury_payer.chapter is 'Of the State budget (mã chương), where the fee names none.';
comment on column treasury_payer.treasury_code is 'Of the Treasury''s office (mã KBNN).';
comment on column treasury_payer.office_code is 'Of the office that manages the revenue (mã cơ quan quản lý thu).';
comment on column treasury_payer.area_code is 'Of the locality (mã ĐBHC).';
comment on column treasury_payer.since is
    'The first day whose collections are remitted here: what came before was remitted by other means. Never changes.';
create index treasury_payer_agency_idx on treasury_payer (agency_code, id desc);

create table remittance (
    id bigint generated always as identity primary key,
    mark text not null constraint remittance_mark_key unique check (mark ~ '^KHN[0-9A-HJKMNP-TV-Z]{14}$'),
    agency_code text not null,
    account_number text not null references bank_account,
    treasury_account text not null check (treasury_account in ('7111', '3511')),
    payer_id bigint not null references treasury_payer,
    budget_year smallint not null check (budget_year between 2020 and 2099),
    due_until timestamptz not null,
    amount bigint not null check (amount between 1 and 9999999999999),
    memo text not null check (length(memo) between 1 and 2000),
    state text not null default 'made'
        check (state in ('made', 'approved', 'rejected', 'sent', 'returned', 'settled')),
    made_by uuid not null references person,
    made_by_name text not null,
    made_at timestamptz not null,
    approved_by uuid references person,
    approved_by_name text,
    approved_at timestamptz,
    sent_by uuid references person,
    sent_by_name text,
    sent_at timestamptz,
    sent_on date,
    ended_by uuid references person,
    ended_by_name text,
    ended_at timestamptz,
    note text check (length(note) between 1 and 500),
    settled_at timestamptz,
    statement_line_id bigint constraint remittance_statement_line_key unique references statement_line,
    -- Money leaves by three hands: who makes an order does not approve it, who approved it does not take it.
    constraint remittance_two_persons_check check (approved_by <> made_by),
    constraint remittance_taker_check check (sent_by <> approved_by),
    constraint remittance_returner_check check (state <> 'returned' or ended_by <> sent_by),
    constraint remittance_approved_check check (num_nulls(approved_by, approved_by_name, approved_at) in (0, 3)
        and (state in ('made', 'rejected') or approved_by is not null)),
    constraint remittance_sent_check check (num_nulls(sent_by, sent_by_name, sent_at, sent_on) in (0, 4)
        and (state in ('sent', 'returned', 'settled')) = (sent_by is not null)),
    constraint remittance_ended_check check (num_nulls(ended_by, ended_by_name, ended_at, note) in (0, 4)
        and (state in ('rejected', 'returned')) = (ended_by is not null)),
    constraint remittance_settled_check check ((state = 'settled') = (statement_line_id is not null)
        and (state = 'settled') = (settled_at is not null))
);
comment on table remittance is
    'An order that pays what was collected to the State Treasury (giấy nộp tiền vào NSNN, form C1-02/NS): made by '
    'one person, approved by another, taken to the bank by one who did not approve it, confirmed by a debit line.';
comment on column remittance.mark is 'Stands in the memo, and returns in that of the debit line.';
comment on column remittance.treasury_account is 'The account of the Treasury that is credited.';
comment on column remittance.budget_year is 'Of the days on which its money was collected.';
comment on column remittance.due_until is 'It takes what is to be remitted until then.';
comment on column remittance.note is 'Why it was rejected, or came back.';
comment on column remittance.sent_on is 'The business day of sent_at.';
comment on column remittance.statement_line_id is 'The debit line that confirms it.';
create index remittance_agency_idx on remittance (agency_code, budget_year, id);
create index remittance_account_state_idx on remittance (account_number, state);

create table remittance_line (
    remittance_id bigint not null references remittance,
    line smallint not null check (line between 1 and 100),
    chapter text not null check (chapter ~ '^[0-9]{3}$'),
    budget_code text not null check (length(budget_code) between 1 and 10),
    name text not null check (length(name) between 1 and 300),
    amount bigint not null check (amount between 1 and 9999999999999),
    constraint remittance_line_pkey primary key (remittance_id, line),
    constraint remittance_line_code_key unique (remittance_id, chapter, budget_code)
);
comment on table remittance_line is
    'What an order pays of one sub-item and chapter. Facts: never changed or deleted; they add up to the order.';
comment on column remittance_line.budget_code is 'The sub-item (tiểu mục, mã NDKT).';

insert into state_transition (machine, from_state, event, to_state) values
    ('remittance', 'made', 'approve', 'approved'),
    ('remittance', 'made', 'reject', 'rejected'),
    ('remittance', 'approved', 'reject', 'rejected'),
    ('remittance', 'approved', 'send', 'sent'),
    ('remittance', 'sent', 'leave_bank', 'settled'),
    ('remittance', 'sent', 'return', 'returned'),
    ('remittance', 'settled', 'undo', 'sent');
insert into versioned_table (name, key_columns) values
    ('treasury_payer', '{id}'), ('remittance', '{id}'), ('remittance_line', '{remittance_id,line}');
