-- Why: a table that no built-in layout reads is described once, by a person, and read by that description from then on.
-- A description never changes, so that it can always be said how a statement was read.

create table statement_mapping (
    id bigint generated always as identity primary key,
    name text collate "C" not null check (name ~ '^[a-z0-9-]{1,40}$'),
    version integer not null check (version between 1 and 10000),
    bank_bin text not null check (bank_bin ~ '^[0-9]{6}$'),
    account_number text references bank_account,
    mapping jsonb not null check (octet_length(mapping::text) <= 65536),
    is_proven boolean not null,
    made_by text not null check (made_by like 'person:%'),
    made_by_name text not null,
    made_at timestamptz not null default now(),
    accepted_by text,
    accepted_by_name text,
    accepted_at timestamptz,
    ended_by text,
    ended_by_name text,
    ended_at timestamptz,
    note text check (length(note) between 1 and 500),
    constraint statement_mapping_version_key unique (name, version),
    constraint statement_mapping_accepted_check check (num_nulls(accepted_by, accepted_by_name, accepted_at) in (0, 3)),
    constraint statement_mapping_ended_check check (num_nulls(ended_by, ended_by_name, ended_at, note) in (0, 4)),
    constraint statement_mapping_two_persons_check check (is_proven or accepted_by <> made_by)
);
comment on table statement_mapping is
    'How the tables of a bank are read that no built-in layout knows. What it says never changes: a change is another '
    'version. The last accepted version of a name counts, until it is ended.';
comment on column statement_mapping.bank_bin is 'The bank whose tables these are: those of other banks it never reads.';
comment on column statement_mapping.account_number is
    'The only account whose statements it reads; null for all of the bank.';
comment on column statement_mapping.mapping is 'The description, as docs/statements.md has it.';
comment on column statement_mapping.is_proven is
    'Whether the balances of a whole file proved its columns of money when it was made; else another person accepts '
    'it.';
comment on column statement_mapping.accepted_at is 'Since when it counts; null while it waits for another person.';
comment on column statement_mapping.ended_at is 'When it was turned down, or counted no more.';
comment on column statement_mapping.note is 'Why it was ended.';

alter table statement add column mapping_id bigint references statement_mapping;
comment on column statement.mapping_id is 'The stored mapping that read it; null for another layout or format.';
insert into versioned_table (name, key_columns) values ('statement_mapping', '{id}');

alter table connection_secret add column ends_at timestamptz;
comment on column connection_secret.ends_at is
    'When the certificate in it ends; null for a secret that is none, and for one from before this column.';
