-- On the reader: one cell's copy, in a database of its own. The tables have the cell's names and columns, because replication goes by
-- those; nothing else of the cell is here.
\set ON_ERROR_STOP on
create table daily_total (
    paid_on date not null,
    agency_code text not null,
    channel text not null,
    shard smallint not null,
    paid_requests bigint not null,
    amount_total bigint not null,
    discount_total bigint not null,
    primary key (paid_on, agency_code, channel, shard)
);
create table seal (
    number bigint primary key,
    size bigint not null,
    root bytea not null,
    sealed_at timestamptz not null,
    key_fingerprint bytea not null,
    signature bytea not null,
    peaks bytea not null
);
-- Summed up here: a year of a cell is some 1,500 rows for the country, not 200,000.
create view day as
select paid_on, channel, sum(paid_requests)::bigint as paid_requests, sum(amount_total)::bigint as amount_total,
    sum(discount_total)::bigint as discount_total
from daily_total group by paid_on, channel;
create view seal_head as
select number, size, root, sealed_at, key_fingerprint, signature from seal order by number desc limit 1;
-- How it stands: the worker's own word, and the moment of the cell's last message, by the cell's clock.
create view standing as
select s.subname::text as subscription, t.pid is not null as is_connected, t.last_msg_send_time as as_of,
    extract(epoch from clock_timestamp() - t.last_msg_receipt_time)::bigint as silent_seconds,
    (select count(*) from pg_subscription_rel r where r.srsubid = s.oid and r.srsubstate <> 'r') as tables_copying
from pg_subscription s left join pg_stat_subscription t on t.subid = s.oid and t.relid is null
where s.subdbid = (select oid from pg_database where datname = current_database());
