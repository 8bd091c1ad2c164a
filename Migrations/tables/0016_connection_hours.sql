-- Why: a connection that falls silent is noticed only where its usual rhythm is known.

create table connection_hour (
    connection_id integer not null references connection,
    hour bigint not null check (hour >= 0),
    callbacks bigint not null default 0 check (callbacks >= 0),
    refused bigint not null default 0 check (refused between 0 and callbacks),
    primary key (connection_id, hour)
);
comment on table connection_hour is
    'How many callbacks came in an hour, for the usual rhythm of a connection. Written every few seconds by each '
    'server, not with each callback; kept for some weeks.';
comment on column connection_hour.hour is 'Hours since 1970, in UTC.';
comment on column connection_hour.callbacks is 'Those that were refused included.';
comment on column connection_hour.refused is 'Callbacks that were refused.';
