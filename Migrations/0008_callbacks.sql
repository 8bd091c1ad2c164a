-- Why: what was refused is kept for a while, so that it can be looked at and processed again after a fix; and a connection
-- shows when it was last used and last failed.
-- Locks: none that matter, the tables are new.

-- A bounded, expiring place: whoever knows the address can fill it, so it holds so much and no more.
create table refused_callback (
    id bigint generated always as identity primary key,
    connection_id integer not null references connection,
    received_at timestamptz not null,
    reason text not null,
    field text not null,
    detail text not null,
    -- As received; headers without what could let somebody in, the body up to 64 KiB.
    headers text not null,
    body bytea not null,
    body_bytes integer not null,
    -- Set when it was processed again and taken.
    replayed_at timestamptz,
    replay_outcome text
);
create index refused_callback_connection_idx on refused_callback (connection_id, id);
create index refused_callback_received_idx on refused_callback (received_at);

-- Written every few seconds by each server, not with each callback.
create table connection_use (
    connection_id integer primary key references connection,
    last_used_at timestamptz,
    last_failure_at timestamptz,
    last_failure text,
    refused bigint not null default 0
);
