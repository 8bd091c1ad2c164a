-- Why: which seals another agency has said that it holds.

create table seal_witness (
    url text primary key check (length(url) between 1 and 2000),
    acknowledged bigint not null default 0 check (acknowledged >= 0),
    acknowledged_at timestamptz,
    attempts integer not null default 0 check (attempts >= 0),
    next_attempt_at timestamptz not null default now(),
    leased_until timestamptz,
    last_error text
);
comment on table seal_witness is 'How far each witness over HTTP has been told of the seals.';
comment on column seal_witness.acknowledged is 'References seal: it answered that it holds those up to this one.';
comment on column seal_witness.attempts is 'Failed attempts since the last success.';
comment on column seal_witness.leased_until is
    'Set while a server tells it; if that server dies, another takes over after this.';
comment on column seal_witness.last_error is
    'Why the last attempt failed: silent, unreachable, contradicted or a status; null after a success.';
