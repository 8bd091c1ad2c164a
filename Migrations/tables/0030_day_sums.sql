-- Why: what an account holds at the end of a day, and why its bank says otherwise, is read without the years before it.
-- Compatible: new tables. The program before does not know them, and reads every row of an account as it always did.

create table day_sum_progress (
    source text primary key
        check (source in ('ledger_transfer', 'statement_line', 'line_outcome', 'line_notice')),
    summed_through bigint not null default 0 check (summed_through >= 0)
);
comment on table day_sum_progress is
    'How far the rows of each table of facts are summed: always up to an id that is sealed, since up to there each row '
    'is committed or never will be. Whoever reads a sum adds the rows behind it.';
insert into day_sum_progress (source)
values ('ledger_transfer'), ('statement_line'), ('line_outcome'), ('line_notice');

create table ledger_day (
    ledger_account integer not null references ledger_account,
    booked_on date not null,
    amount bigint not null,
    constraint ledger_day_pkey primary key (ledger_account, booked_on)
);
comment on table ledger_day is
    'What the summed postings of a day brought an account of the books. Derived from ledger_transfer.';
comment on column ledger_day.amount is 'Debits less credits, in đồng.';

create table statement_day (
    account_number text not null references bank_account,
    booked_on date not null,
    amount bigint not null,
    lines bigint not null check (lines >= 0),
    constraint statement_day_pkey primary key (account_number, booked_on)
);
comment on table statement_day is
    'What the summed lines of a day brought a bank account. Derived from statement_line; less what was undone since.';
comment on column statement_day.amount is 'Credits less debits, in đồng.';

create table timing_difference (
    line_id bigint not null,
    notice_id bigint not null,
    account_number text not null references bank_account,
    first_day date not null,
    end_day date not null,
    constraint timing_difference_pkey primary key (line_id, notice_id),
    constraint timing_difference_days_check check (first_day < end_day)
);
comment on table timing_difference is
    'Payments that bank and books have on different days: the only confirmed ones that explain a difference. Derived '
    'from line_outcome and line_notice; deleted with them when a statement is undone.';
comment on column timing_difference.line_id is 'References statement_line.';
comment on column timing_difference.notice_id is 'References bank_notice.';
comment on column timing_difference.first_day is 'The first day on which one has it and the other has not.';
comment on column timing_difference.end_day is 'The day from which on both have it.';
create index timing_difference_day_idx on timing_difference (account_number, end_day, first_day);
