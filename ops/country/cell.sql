-- On a cell (a province's installation): what the national reader may have of it, which is sums and seals, and nothing of a person.
-- As a superuser of the cell's cluster, once, with wal_level=logical:
--
--     psql -d khop -f ops/country/cell.sql && psql -d khop -c "alter role khop_country password '…'"
--
-- Safe to repeat. pg_hba.conf: hostssl khop khop_country READER scram-sha-256. A reader that stays away holds the cell's log up:
-- max_slot_wal_keep_size says how much of it at most, after which the reader copies anew.
\set ON_ERROR_STOP on
do $$ begin
    if current_setting('wal_level') <> 'logical' then
        raise exception 'wal_level is %, not logical: alter system set wal_level = logical, then restart',
            current_setting('wal_level');
    end if;
    if not exists (select from pg_roles where rolname = 'khop_country') then
        create role khop_country login replication nosuperuser nocreatedb nocreaterole connection limit 4;
    end if;
    if not exists (select from pg_publication where pubname = 'khop_country') then
        create publication khop_country for table daily_total, seal;
    end if;
end $$;
grant usage on schema public to khop_country;
grant select on daily_total, seal, installation_mode to khop_country;
