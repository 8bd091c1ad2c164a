-- Why: an installation handles real money or is one to try everything on, and its database says which, once.

create table installation_mode (
    only_row boolean primary key default true check (only_row),
    mode text not null check (mode in ('live', 'test')),
    set_at timestamptz not null default now()
);
comment on table installation_mode is
    'Whether this database is of a live or of a test installation: one row, written by `khop migrate`, never changed.';

-- Whatever has been worked on before there were two modes is live. A new database gets the mode of KHOP_MODE.
insert into installation_mode (mode)
select 'live' where exists (select from payment_request) or exists (select from api_key)
    or exists (select from bank_account) or exists (select from person) or exists (select from audit_entry);
