-- Why: double entry by construction. A movement is one row with two accounts, so debits equal credits whatever happens.

create table bank_account (
    account_number text primary key,
    bank_bin text not null,
    name text not null
);

create table ledger_account (
    id integer generated always as identity primary key,
    -- bank: money at the bank, owner = account number. revenue: collected for an agency, owner = agency.
    -- suspense: arrived and belongs nowhere yet, owner = account number. desk: taken at a counter, owner = agency.
    -- opening: what an account held before its first statement. commission: what payout agreements cost.
    -- refund: decided and not yet seen leaving the bank. write_off: decided losses and gains.
    kind text not null
        check (kind in ('bank', 'revenue', 'suspense', 'desk', 'opening', 'commission', 'refund', 'write_off')),
    owner text not null,
    constraint ledger_account_kind_owner_key unique (kind, owner)
);

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
    -- The business day the money moved on, and the instant we wrote it down.
    booked_on date not null,
    recorded_at timestamptz not null default now(),
    refund_id uuid,
    constraint ledger_transfer_amount_check check (amount > 0),
    constraint ledger_transfer_accounts_check check (debit_account <> credit_account)
);
-- An account's opening balance is booked once: looked for in every run, among years of transfers.
create index ledger_transfer_opening_idx on ledger_transfer (debit_account) where kind = 'opening';
-- What was booked for a notice.
create index ledger_transfer_notice_idx on ledger_transfer (notice_id) where notice_id is not null;
