-- Why: double entry by construction. A movement is one row with two accounts, so debits equal credits whatever happens.

create table bank_account (
    account_number text primary key,
    bank_bin text not null,
    name text not null
);
comment on table bank_account is 'A bank account that receives money.';
comment on column bank_account.bank_bin is 'The six digits by which VietQR knows the bank.';

create table ledger_account (
    id integer generated always as identity primary key,
    kind text not null
        check (kind in
            ('bank', 'revenue', 'suspense', 'desk', 'clearing', 'opening', 'commission', 'refund', 'write_off')),
    owner text not null,
    constraint ledger_account_kind_owner_key unique (kind, owner)
);
comment on table ledger_account is 'An account of the books.';
comment on column ledger_account.kind is
    'bank: money at the bank, owner = account number. revenue: collected for an agency, owner = agency. suspense: '
    'arrived and not yet assigned, owner = account number. desk: taken in cash at a counter, owner = agency. '
    'clearing: entered at a counter as paid without cash and not yet confirmed by the bank, owner = agency. opening: '
    'what an account held before its first statement. commission: gateway fees. refund: executed refunds that no '
    'debit line has confirmed yet. write_off: approved losses and gains.';
comment on column ledger_account.owner is 'An agency or the number of a bank account, by kind.';

create table ledger_transfer (
    id bigint generated always as identity primary key,
    debit_account integer not null,
    credit_account integer not null,
    amount bigint not null,
    kind text not null,
    payment_request_id uuid,
    notice_id bigint,
    statement_line_id bigint,
    case_id bigint,
    booked_on date not null,
    recorded_at timestamptz not null default now(),
    refund_id uuid,
    reverses bigint,
    constraint ledger_transfer_amount_check check (amount > 0),
    constraint ledger_transfer_accounts_check check (debit_account <> credit_account)
);
comment on table ledger_transfer is
    'One posting: an amount from one account of the books to another. Facts: never changed or deleted.';
comment on column ledger_transfer.debit_account is 'References ledger_account, checked by ledger_transfer_added.';
comment on column ledger_transfer.credit_account is 'References ledger_account, checked by ledger_transfer_added.';
comment on column ledger_transfer.amount is 'In đồng.';
comment on column ledger_transfer.kind is
    'Why: payment, suspense, clearing, desk, opening, commission, refund, refund_paid, write_off, confirmed_by_hand, '
    'statement_ and an outcome; undo_ and the kind of the posting that it reverses.';
comment on column ledger_transfer.payment_request_id is 'References payment_request.';
comment on column ledger_transfer.notice_id is 'References bank_notice.';
comment on column ledger_transfer.statement_line_id is 'References statement_line.';
comment on column ledger_transfer.case_id is 'References reconciliation_case.';
comment on column ledger_transfer.booked_on is 'The business day on which the money moved.';
comment on column ledger_transfer.recorded_at is 'When the row was written.';
comment on column ledger_transfer.refund_id is 'References refund.';
comment on column ledger_transfer.reverses is
    'References ledger_transfer: the posting of an undone statement that this one takes back, the accounts swapped.';
-- A posting is taken back once.
create unique index ledger_transfer_reverses_key on ledger_transfer (reverses) where reverses is not null;
-- An account's opening balance, which every run looks up among years of postings.
create index ledger_transfer_opening_idx on ledger_transfer (debit_account) where kind = 'opening';
-- The postings of a notice.
create index ledger_transfer_notice_idx on ledger_transfer (notice_id) where notice_id is not null;
-- The postings of a line: only of lines whose money no notice had booked.
create index ledger_transfer_line_idx on ledger_transfer (statement_line_id) where statement_line_id is not null;

-- New postings: a batch in one value.
create type posting_record as (
    debit_account integer,
    credit_account integer,
    amount bigint,
    kind text,
    payment_request_id uuid,
    notice_id bigint,
    statement_line_id bigint,
    case_id bigint,
    refund_id uuid,
    booked_on date
);
