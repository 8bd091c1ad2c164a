-- Why: how many dossiers began on a day, and how many were paid online, is read without every request of a year.
-- Compatible: new tables, and a source of sums that the program before does not sum; it counts the requests.

alter table day_sum_progress drop constraint day_sum_progress_source_check, add constraint day_sum_progress_source_check
    check (source in ('ledger_transfer', 'statement_line', 'line_outcome', 'line_notice', 'payment_request_event'));
insert into day_sum_progress (source) values ('payment_request_event');

create table dossier (
    agency_code text not null,
    procedure_code text not null,
    dossier_code text not null,
    started_on date not null,
    online_on date,
    constraint dossier_pkey primary key (dossier_code, agency_code, procedure_code),
    constraint dossier_days_check check (online_on >= started_on)
);
comment on table dossier is
    'Dossiers of which something was owed, as their requests were when their last event was summed. Derived from '
    'payment_request.';
comment on column dossier.started_on is 'When its first request was made.';
comment on column dossier.online_on is
    'When the first of its requests was made that is paid online; null while none is.';

create table dossier_day (
    started_on date not null,
    agency_code text not null,
    procedure_code text not null,
    online_on date not null,
    dossiers bigint not null,
    constraint dossier_day_pkey primary key (started_on, agency_code, procedure_code, online_on)
);
comment on table dossier_day is 'How many rows of dossier have these values. Derived from dossier.';
comment on column dossier_day.online_on is 'As in dossier; infinity stands for null.';
