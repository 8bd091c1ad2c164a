-- Makes the roles and the database of khop in a PostgreSQL of your own, as its superuser:
--     psql -X -v ON_ERROR_STOP=1 -f ops/deploy/roles.sql
-- Then `khop migrate` with KHOP_OWNER_DATABASE_URL (khop_owner), and everything else with KHOP_DATABASE_URL (khop_app).
-- Give each role its way in: `peer` in pg_hba.conf and a line of pg_ident.conf for each system user, or
-- `\password khop_app` for scram-sha-256 over TLS. The service must not be able to connect as the owner.
create role khop_owner login nosuperuser nocreatedb nocreaterole noreplication;
create role khop_app login nosuperuser nocreatedb nocreaterole noreplication;
create database khop owner khop_owner encoding 'UTF8' template template0 lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8';
revoke all on database khop from public;
grant connect, temporary on database khop to khop_app;
