-- On the reader: the database of the country, which sees the copies of all cells through postgres_fdw.
\set ON_ERROR_STOP on
create extension if not exists postgres_fdw;
create schema if not exists country;
create table if not exists country.cell (
    code text primary key check (code ~ '^[a-z0-9]{1,20}$'),
    name text not null,
    console_url text not null check (console_url ~ '^https?://'),
    added_at timestamptz not null default now()
);
comment on table country.cell is 'The provinces'' installations, and where a figure of theirs leads on.';

-- Puts the cells that are there together again: run after each that is added or removed.
create or replace procedure country.assemble() language plpgsql as $$
declare
    v_part record;
    v_sql text;
begin
    for v_part in select * from (values
        ('day', 'cell text, paid_on date, channel text, paid_requests bigint, amount_total bigint, discount_total bigint'),
        ('seal_head', 'cell text, number bigint, size bigint, root bytea, sealed_at timestamptz, key_fingerprint bytea, signature bytea'),
        ('standing', 'cell text, subscription text, is_connected boolean, as_of timestamptz, silent_seconds bigint, tables_copying bigint')
    ) as part (name, columns) loop
        select string_agg(format('select %L::text as cell, p.* from cell_%s.%I p', code, code, v_part.name), ' union all ' order by code)
            into v_sql from country.cell;
        execute format('drop view if exists country.%I', v_part.name);
        if v_sql is null then
            execute format('create view country.%I as select null::text as cell where false', v_part.name);
        else
            execute format('create view country.%I as %s', v_part.name, v_sql);
        end if;
    end loop;
end $$;
