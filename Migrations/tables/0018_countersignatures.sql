-- Why: a day is signed by two persons: what one signs off, another looks at and signs for the second time.

alter table reconciliation_sign_off
    add constraint reconciliation_sign_off_signer_key unique (account_number, day, signed_by_person);

create table reconciliation_countersignature (
    account_number text not null,
    day date not null,
    first_signer uuid not null,
    signed_by text not null,
    signed_by_person uuid generated always as
        (case when signed_by like 'person:%' then substr(signed_by, 8)::uuid end) stored references person not null,
    signed_by_name text not null,
    signed_at timestamptz not null default now(),
    changes integer not null check (changes >= 0),
    note text,
    constraint reconciliation_countersignature_note_check check (changes = 0 or note is not null),
    constraint reconciliation_countersignature_two_persons_check check (signed_by_person <> first_signer),
    constraint reconciliation_countersignature_pkey primary key (account_number, day),
    constraint reconciliation_countersignature_sign_off_fkey foreign key (account_number, day, first_signer)
        references reconciliation_sign_off (account_number, day, signed_by_person)
);
comment on table reconciliation_countersignature is
    'The signature of a second person under a signed day. Facts: never changed or deleted.';
comment on column reconciliation_countersignature.first_signer is 'Who signed the day off, who is somebody else.';
comment on column reconciliation_countersignature.changes is
    'How many members of the record had changed between the two signatures.';
comment on column reconciliation_countersignature.note is 'The second signer''s own words about them.';
insert into versioned_table (name, key_columns) values ('reconciliation_countersignature', '{account_number,day}');
