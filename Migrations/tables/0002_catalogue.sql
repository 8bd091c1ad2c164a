-- Why: what every procedure costs, where and since when, as versions that never overwrite one another.

create extension if not exists btree_gist;

create table catalogue_version (
    id integer generated always as identity primary key,
    imported_at timestamptz not null default now(),
    imported_by text not null,
    -- {"fees": {"added": 40, "ended": 0, "changed": 0, "unchanged": 0}, ...}
    summary jsonb not null
);
comment on table catalogue_version is 'One import that changed something. A row is in force while ended_in is null.';

create table locality (
    code text not null,
    valid_from date not null,
    valid_to date,
    level text not null check (level in ('province', 'district', 'commune')),
    parent_code text,
    name_vi text not null,
    name_en text not null,
    successor_codes text[] not null default '{}',
    added_in integer not null references catalogue_version,
    ended_in integer references catalogue_version,
    constraint locality_days_check check (valid_to is null or valid_to >= valid_from),
    constraint locality_code_days_excl exclude using gist
        (code with =, daterange(valid_from, valid_to, '[]') with &&) where (ended_in is null)
);
comment on table locality is 'Codes were used again on 2025-07-01, so the key is (code, valid_from).';

create table agency (
    code text not null,
    name_vi text not null,
    name_en text not null,
    locality_code text not null,
    bank_bin text not null check (bank_bin ~ '^[0-9]{6}$'),
    account_number text not null check (account_number ~ '^[0-9A-Za-z]{1,19}$'),
    account_name text not null,
    added_in integer not null references catalogue_version,
    ended_in integer references catalogue_version
);
create unique index agency_code_key on agency (code) where ended_in is null;

create table procedure (
    code text not null check (code ~ '^[0-9]\.[0-9]{6}$'),
    name_vi text not null,
    name_en text not null,
    field_vi text not null,
    added_in integer not null references catalogue_version,
    ended_in integer references catalogue_version
);
create unique index procedure_code_key on procedure (code) where ended_in is null;

create table fee (
    fee_code text not null,
    procedure_code text not null,
    kind text not null check (kind in ('fee', 'charge')),
    name_vi text not null,
    name_en text not null,
    unit text not null,
    amount bigint not null check (amount between 0 and 9999999999999),
    locality_code text not null default '',
    valid_from date not null,
    valid_to date,
    legal_basis text not null,
    budget_code text not null,
    calculation text not null check (calculation in ('flat', 'tiered', 'percent')),
    tiers text not null default '',
    percent text not null default '',
    minimum bigint check (minimum >= 0),
    maximum bigint check (maximum >= 0),
    retained_percent text not null default '',
    refund_policy text not null default '',
    added_in integer not null references catalogue_version,
    ended_in integer references catalogue_version,
    constraint fee_days_check check (valid_to is null or valid_to >= valid_from),
    constraint fee_bounds_check check (minimum is null or maximum is null or minimum <= maximum),
    constraint fee_code_locality_days_excl exclude using gist
        (fee_code with =, locality_code with =, daterange(valid_from, valid_to, '[]') with &&) where (ended_in is null)
);
comment on column fee.locality_code is 'Empty for a national price.';

create table reduction (
    reduction_code text not null,
    payer_category text not null default '',
    kind text not null default '',
    procedure_code text not null default '',
    fee_code text not null default '',
    locality_code text not null default '',
    percent integer not null check (percent between 1 and 100),
    valid_from date not null,
    valid_to date,
    legal_basis text not null,
    added_in integer not null references catalogue_version,
    ended_in integer references catalogue_version,
    constraint reduction_days_check check (valid_to is null or valid_to >= valid_from)
);

create table discount (
    discount_code text not null,
    channels text[] not null,
    kind text not null default '',
    procedure_code text not null default '',
    fee_code text not null default '',
    locality_code text not null default '',
    method text not null check (method in ('percent', 'amount_off', 'fixed_amount')),
    value bigint not null check (value >= 0),
    cumulative boolean not null,
    valid_from date not null,
    valid_to date,
    legal_basis text not null,
    added_in integer not null references catalogue_version,
    ended_in integer references catalogue_version,
    constraint discount_days_check check (valid_to is null or valid_to >= valid_from),
    constraint discount_percent_check check (method <> 'percent' or value between 1 and 100)
);

create table target (
    locality_code text not null,
    year integer not null,
    indicator text not null check (indicator in ('non_cash', 'online')),
    target_percent text not null,
    added_in integer not null references catalogue_version,
    ended_in integer references catalogue_version
);
create unique index target_key on target (locality_code, year, indicator) where ended_in is null;
