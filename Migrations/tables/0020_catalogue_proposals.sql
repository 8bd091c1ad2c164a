-- Why: prices are put in force by two persons: one brings the files, another looks at what they change.

create table catalogue_proposal (
    id bigint generated always as identity primary key,
    files jsonb not null,
    based_on integer not null check (based_on >= 0),
    summary jsonb not null,
    note text,
    proposed_by text not null,
    proposed_by_person uuid generated always as
        (case when proposed_by like 'person:%' then substr(proposed_by, 8)::uuid end) stored references person not null,
    proposed_by_name text not null,
    proposed_at timestamptz not null default now(),
    constraint catalogue_proposal_proposer_key unique (id, proposed_by_person)
);
comment on table catalogue_proposal is
    'Files of the catalogue that somebody wants to put in force. Facts: never changed or deleted.';
comment on column catalogue_proposal.files is 'The text of each file as it was brought: {"fees": "fee_code,…"}.';
comment on column catalogue_proposal.based_on is
    'The version in force when they were checked; put in force they are only while it still is.';
comment on column catalogue_proposal.summary is 'What they would change, as catalogue_version.summary.';
comment on column catalogue_proposal.note is 'The proposer''s own words.';

create table catalogue_decision (
    proposal_id bigint primary key,
    proposer uuid not null,
    decided_by text not null,
    decided_by_person uuid generated always as
        (case when decided_by like 'person:%' then substr(decided_by, 8)::uuid end) stored references person not null,
    decided_by_name text not null,
    decided_at timestamptz not null default now(),
    version integer constraint catalogue_decision_version_key unique references catalogue_version,
    note text,
    constraint catalogue_decision_two_persons_check check (version is null or decided_by_person <> proposer),
    constraint catalogue_decision_proposal_fkey foreign key (proposal_id, proposer)
        references catalogue_proposal (id, proposed_by_person)
);
comment on table catalogue_decision is
    'What became of a proposal: put in force by another person, or turned down. Facts: never changed or deleted.';
comment on column catalogue_decision.proposer is 'Who brought the files, who is somebody else.';
comment on column catalogue_decision.version is 'The version that it put in force; null if it was turned down.';
comment on column catalogue_decision.note is 'The decider''s own words.';
insert into versioned_table (name, key_columns) values
    ('catalogue_decision', '{proposal_id}'),
    ('catalogue_proposal', '{id}');
