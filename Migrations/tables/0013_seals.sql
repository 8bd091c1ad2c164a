-- Why: a history that nobody can rewrite unseen: every fact is an entry of a Merkle tree whose root is signed.

create table versioned_table (
    name text primary key,
    key_columns text[] not null,
    left_out text[] not null default '{}'
);
comment on table versioned_table is
    'Tables whose rows change: each state of a row is a row_version. Tables of facts alone are sealed row by row.';
comment on column versioned_table.left_out is
    'Columns that are no version of the row: they are derived from facts, which are sealed themselves, or say how the '
    'service works at the moment.';
insert into versioned_table (name, key_columns, left_out) values
    ('account_terms', '{account_number}', '{}'),
    ('agency', '{code,added_in}', '{}'),
    ('api_key', '{id}', '{last_used_at,last_used_from}'),
    ('approval_limit', '{id}', '{}'),
    ('bank_account', '{account_number}', '{}'),
    ('case_proposal', '{id}', '{}'),
    ('catalogue_version', '{id}', '{}'),
    ('clearing_item', '{notice_id}', '{}'),
    ('connection', '{id}', '{}'),
    ('connection_secret', '{id}', '{}'),
    ('discount', '{discount_code,kind,procedure_code,fee_code,locality_code,valid_from,added_in}', '{}'),
    ('event_endpoint', '{id}', '{consecutive_failures,failing_since,last_success_at}'),
    ('fee', '{fee_code,locality_code,valid_from,added_in}', '{}'),
    ('invitation', '{id}', '{}'),
    ('issuer', '{id}', '{}'),
    ('ledger_account', '{id}', '{}'),
    ('locality', '{code,valid_from,added_in}', '{}'),
    ('login_link', '{id}', '{}'),
    ('payment_request', '{id}', '{amount_received,amount_applied,amount_refunded,fee_refund_claimed,status,paid_at,'
        'paid_on,settled_by}'),
    ('person', '{id}', '{totp_last_step}'),
    ('person_identity', '{id}', '{}'),
    ('person_role', '{id}', '{}'),
    ('procedure', '{code,added_in}', '{}'),
    ('reconciliation_case', '{id}', '{}'),
    ('reconciliation_sign_off', '{account_number,day}', '{}'),
    ('recovery_code', '{person_id,code_hash}', '{}'),
    ('recovery_proposal', '{id}', '{}'),
    ('reduction', '{reduction_code,payer_category,kind,procedure_code,fee_code,locality_code,valid_from,added_in}',
        '{}'),
    ('refund', '{id}', '{}'),
    ('refund_file', '{id}', '{}'),
    ('refund_part', '{refund_id,part}', '{}'),
    ('statement', '{id}', '{}'),
    ('target', '{locality_code,year,indicator,added_in}', '{}'),
    ('undone_row', '{source,row_id}', '{}');

create table row_version (
    id bigint generated always as identity primary key,
    source text not null,
    row_key text not null,
    content_hash bytea not null check (length(content_hash) = 32),
    written_at timestamptz not null default now()
);
comment on table row_version is 'Each state that a row of a versioned_table has had. Facts: never changed or deleted.';
comment on column row_version.content_hash is 'SHA-256 of the row as JSON without nulls: see row_content.';
create index row_version_row_idx on row_version (source, row_key, id);

create table seal (
    number bigint primary key,
    size bigint not null constraint seal_size_key unique check (size > 0),
    root bytea not null check (length(root) = 32),
    sealed_at timestamptz not null,
    key_fingerprint bytea not null check (length(key_fingerprint) = 4),
    signature bytea not null check (length(signature) = 64),
    peaks bytea not null
);
comment on table seal is 'The signed heads of the history, a Merkle tree (RFC 9162) that only grows. Never changed.';
comment on column seal.size is 'The number of entries in the tree.';
comment on column seal.peaks is
    'The hashes of the complete subtrees that the size is the sum of, to append to the tree.';

create table seal_range (
    seal_number bigint not null references seal,
    kind smallint not null,
    after_id bigint not null,
    through_id bigint not null,
    first_index bigint not null,
    entries bigint not null check (entries >= 0),
    constraint seal_range_pkey primary key (seal_number, kind),
    constraint seal_range_ids_check check (after_id <= through_id)
);
comment on table seal_range is
    'Which rows of a table became entries with a seal, in the order of their ids. Never changed.';
comment on column seal_range.kind is 'The kind of entry, which stands for its table.';
comment on column seal_range.first_index is 'The place of the first of them in the tree, from 0.';
create index seal_range_rows_idx on seal_range (kind, through_id);
create index seal_range_index_idx on seal_range (first_index);

create table seal_node (
    level smallint not null check (level >= 10),
    position bigint not null,
    hash bytea not null check (length(hash) = 32),
    constraint seal_node_pkey primary key (level, position)
);
comment on table seal_node is
    'Complete subtrees of 1,024 entries and more, so that a proof need not hash the whole history again.';

create table seal_progress (
    kind smallint primary key,
    sealed_through bigint not null default 0,
    pending_through bigint,
    constraint seal_progress_pending_check check (pending_through >= sealed_through)
);
comment on table seal_progress is 'How far each table is sealed, and how far it will be once seal_wait is over.';
comment on column seal_progress.pending_through is
    'The highest id given out when the waiting began; null if no sealing is under way.';

create table seal_wait (virtual_transaction text primary key);
comment on table seal_wait is
    'Transactions that were under way when the pending ids were noted. Once they have ended, each id up to there is '
    'committed or will never be, so that no late commit is skipped.';

create table erased_entry (
    kind smallint not null,
    row_id bigint not null,
    personal_hash text not null,
    audit_entry_id bigint not null references audit_entry,
    constraint erased_entry_pkey primary key (kind, row_id)
);
comment on table erased_entry is
    'What stands in the entry of a row whose personal data were erased: their salted hash, so that the proof still '
    'holds. Facts: never changed or deleted.';
comment on column erased_entry.personal_hash is 'As the routines …_personal_hash make it, in hexadecimal digits.';
comment on column erased_entry.audit_entry_id is 'Who erased it, and why.';
