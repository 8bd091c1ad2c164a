-- Why: the bank's statements, line by line, and by when a payment is expected on one.

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
    overlapping integer not null default 0,
    imported_at timestamptz not null default now(),
    imported_by text not null,
    imported_by_id text not null,
    gap bigint not null default 0,
    is_feed boolean not null default false,
    forced_by text,
    forced_why text,
    forced_reasons jsonb,
    undone_at timestamptz,
    undone_by text,
    undone_note text,
    constraint statement_forced_check
        check (num_nulls(forced_by, forced_why, forced_reasons) in (0, 3) and forced_why <> ''),
    constraint statement_undone_check
        check (num_nulls(undone_at, undone_by, undone_note) in (0, 3) and undone_note <> '')
);
-- How many one has imported today.
create index statement_importer_idx on statement (imported_by_id, imported_at);
-- The same file is imported once, and again after it was undone.
create unique index statement_account_hash_key on statement (account_number, file_hash) where undone_at is null;
comment on table statement is 'A bank''s file that lists the movements of an account. Its lines are in statement_line.';
comment on column statement.file_hash is 'SHA-256 of the file: the same file is imported once, unless it was undone.';
comment on column statement.lines is 'The number of lines.';
comment on column statement.credits is 'The sum of the credit lines, in đồng.';
comment on column statement.debits is 'The sum of the debit lines, in đồng.';
comment on column statement.overlapping is 'The number of lines that an earlier statement already contained.';
comment on column statement.imported_by_id is
    'The id of the importer, who may not confirm what the statement recovers.';
comment on column statement.gap is 'Opening balance minus the balance carried forward; 0 if they agree.';
comment on column statement.is_feed is
    'Sent with a key of the role feed: a program delivered it, and no person could have changed it.';
comment on column statement.forced_by is
    'Who imported it although the file belongs to another account or bank; null if it does not.';
comment on column statement.forced_why is 'Why, in their words.';
comment on column statement.forced_reasons is 'Why it would have been refused: a list of {code, values}.';
comment on column statement.undone_at is
    'When the import and what its run did was taken back; the statement counts for nothing since, and its rows are in '
    'undone_row.';
comment on column statement.undone_by is 'Who took it back.';
comment on column statement.undone_note is 'Why, in their words.';

create table undone_row (
    source text not null check (source in ('statement_line', 'line_outcome', 'line_notice', 'bank_notice')),
    row_id bigint not null,
    statement_id bigint not null references statement,
    content jsonb not null,
    constraint undone_row_pkey primary key (source, row_id)
);
comment on table undone_row is
    'What undone statements had brought: each row whole, as it stood in its table, which it left in the same '
    'transaction. Facts: never changed or deleted.';
comment on column undone_row.source is 'The table that it was in.';
comment on column undone_row.row_id is
    'Its key there: the id, the line of a line_outcome, the notice of a line_notice. Ids are never given again.';
comment on column undone_row.content is 'The row, column by column; personal data may have been erased since.';
create index undone_row_statement_idx on undone_row (statement_id);

create table statement_line (
    id bigint generated always as identity primary key,
    statement_id bigint not null,
    line_number integer not null,
    account_number text not null,
    transaction_id text collate "C",
    booked_at timestamptz not null,
    booked_on date not null,
    value_date date,
    amount bigint not null check (amount <> 0),
    counterparty_name text,
    counterparty_account text,
    counterparty_bank text,
    memo text,
    balance bigint,
    reference_candidates text[],
    salt uuid default gen_random_uuid()
);
comment on table statement_line is
    'A movement on an account as the bank states it (dòng sao kê). Facts: never changed; set aside in undone_row if '
    'their statement is undone.';
comment on column statement_line.counterparty_name is
    'Personal, as are counterparty_account, counterparty_bank and memo: null where the bank stated none, and once they '
    'are erased.';
comment on column statement_line.counterparty_bank is
    'The NAPAS number of the other party''s bank, 6 digits, if the statement states it.';
comment on column statement_line.statement_id is
    'References statement. Lines are written with it, a million at a time; `khop ledger verify` counts them.';
comment on column statement_line.line_number is 'The line number in the file.';
comment on column statement_line.transaction_id is 'The bank''s id of the transfer, if the file has one.';
comment on column statement_line.booked_on is 'The business day of booked_at.';
comment on column statement_line.amount is 'In đồng; positive for a credit.';
comment on column statement_line.salt is
    'Hashed together with the personal data in the sealed history; forgotten with them, so that nobody can guess.';
comment on column statement_line.balance is 'The balance after this line, if the file states it.';
comment on column statement_line.reference_candidates is
    'Our references found in the memo or a structured field, in order.';
-- Lines arrive roughly in the order of their days, so a range of pages holds few days and the index costs almost
-- nothing. There is no index by the bank's id: see line_outcome.transaction_id.
create index statement_line_day_idx on statement_line using brin (booked_on)
    with (pages_per_range = 32, autosummarize = on);

create table account_terms (
    account_number text primary key references bank_account,
    cut_off_days integer not null default 1 check (cut_off_days between 0 and 30),
    recovery text not null default 'confirmed' check (recovery in ('automatic', 'confirmed')),
    changed_at timestamptz not null default now(),
    changed_by text not null
);
comment on table account_terms is 'How the statements of an account are read.';
comment on column account_terms.cut_off_days is
    'How many bank days after its day a payment is expected on a statement.';
comment on column account_terms.recovery is
    'Whether a line without a notice settles a request at once, or only after a person other than the importer has '
    'confirmed it. Statements from a feed are always trusted.';

create table bank_holiday (day date primary key, name text not null);
comment on table bank_holiday is 'Days on which banks do not book.';
create table bank_weekend (isodow integer primary key check (isodow between 1 and 7));
comment on table bank_weekend is 'Days of the week on which banks do not book.';
comment on column bank_weekend.isodow is '1 is Monday, 7 is Sunday.';
