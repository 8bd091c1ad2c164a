-- Why: what every procedure costs, where and since when, as versions that never overwrite one another.

create extension if not exists btree_gist;
create extension if not exists pg_trgm;

create table catalogue_version (
    id integer generated always as identity primary key,
    imported_at timestamptz not null default now(),
    imported_by text not null,
    summary jsonb not null
);
comment on table catalogue_version is 'One import of the catalogue that changed something.';
comment on column catalogue_version.summary is
    'What it changed, by file: {"fees": {"added": 40, "ended": 0, "changed": 0, "unchanged": 0}, …}.';

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
comment on table locality is
    'A unit of administration in a range of days. Codes were reused on 2025-07-01, so the key is (code, valid_from).';
comment on column locality.valid_from is 'The first day.';
comment on column locality.valid_to is 'The last day; null if there is no end.';
comment on column locality.parent_code is 'The unit above, of the row in force on the same day; null for a province.';
comment on column locality.successor_codes is
    'The units in force on the day after valid_to; several if it was divided.';
comment on column locality.added_in is 'The import that brought the row.';
comment on column locality.ended_in is 'The import that ended it; null while it is in force.';

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
comment on table agency is 'An agency that collects fees, and the account they are paid to.';
comment on column agency.bank_bin is 'The six digits by which VietQR knows the bank.';
comment on column agency.account_number is 'Where QR codes of new requests send the money.';
comment on column agency.added_in is 'The import that brought the row.';
comment on column agency.ended_in is 'The import that ended it; null while it is in force.';
create unique index agency_code_key on agency (code) where ended_in is null;

create table procedure (
    code text not null check (code ~ '^[0-9]\.[0-9]{6}$'),
    name_vi text not null,
    name_en text not null,
    field_vi text not null,
    added_in integer not null references catalogue_version,
    ended_in integer references catalogue_version
);
comment on table procedure is 'An administrative procedure, by its national code.';
comment on column procedure.field_vi is 'The field of administration, as the national list names it.';
comment on column procedure.added_in is 'The import that brought the row.';
comment on column procedure.ended_in is 'The import that ended it; null while it is in force.';
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
comment on table fee is 'The price of a fee or charge, for a locality and a range of days.';
comment on column fee.kind is 'fee: phí. charge: lệ phí.';
comment on column fee.unit is 'The name of one unit: hồ sơ, giấy, trang.';
comment on column fee.amount is 'For one unit, in đồng.';
comment on column fee.locality_code is 'Empty for a national price.';
comment on column fee.legal_basis is 'The decision or decree that sets it.';
comment on column fee.budget_code is 'The code of the State budget for it.';
comment on column fee.calculation is
    'flat: amount × quantity. tiered: the sum over units. percent: of the base amount.';
comment on column fee.tiers is 'Unit prices by number of the unit in the line: `1-2:2000;3-:1000`.';
comment on column fee.percent is 'A decimal, as written in the file.';
comment on column fee.minimum is 'The list amount of a line is raised to it.';
comment on column fee.maximum is 'The list amount of a line is lowered to it.';
comment on column fee.retained_percent is
    'The agency''s share of a fee, as written in the file; a charge goes to the budget whole.';
comment on column fee.refund_policy is 'always, never or not_eligible; empty if the file does not say.';
comment on column fee.added_in is 'The import that brought the row.';
comment on column fee.ended_in is 'The import that ended it; null while it is in force.';

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
comment on table reduction is 'A reduction or exemption by law for a payer category. An empty column matches anything.';
comment on column reduction.locality_code is 'Covers its descendants.';
comment on column reduction.percent is 'Of the list amount; 100 is an exemption.';
comment on column reduction.added_in is 'The import that brought the row.';
comment on column reduction.ended_in is 'The import that ended it; null while it is in force.';

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
comment on table discount is 'A discount by channel, such as the online discount. An empty column matches anything.';
comment on column discount.channels is 'The channels it applies to: online, counter_qr, …';
comment on column discount.method is
    'percent of the list amount, amount_off for each unit, or fixed_amount instead of the price.';
comment on column discount.value is 'A percentage or an amount in đồng, by method.';
comment on column discount.cumulative is 'Applied in addition to the best of the others.';
comment on column discount.added_in is 'The import that brought the row.';
comment on column discount.ended_in is 'The import that ended it; null while it is in force.';

create table target (
    locality_code text not null,
    year integer not null,
    indicator text not null check (indicator in ('non_cash', 'online')),
    target_percent text not null,
    added_in integer not null references catalogue_version,
    ended_in integer references catalogue_version
);
comment on table target is 'What a locality should reach in a year.';
comment on column target.indicator is 'non_cash: paid without cash. online: paid online.';
comment on column target.target_percent is 'A decimal, as written in the file.';
comment on column target.added_in is 'The import that brought the row.';
comment on column target.ended_in is 'The import that ended it; null while it is in force.';
create unique index target_key on target (locality_code, year, indicator) where ended_in is null;
