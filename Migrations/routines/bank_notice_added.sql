-- Why: checks that what a notice names exists, once per statement; none of it is ever deleted. See
-- ledger_transfer_added.
-- Reads: the new rows, connection, issuer, payment_request, bank_notice
-- Writes: nothing
-- Locks: none
create or replace function bank_notice_added() returns trigger language plpgsql as $$
begin
    if exists (
            select 1 from (select distinct connection_id, issuer_id from inserted where connection_id is not null) named
            -- An issuer of the connection's profile: of the connection, or of a merchant that it had a moment ago.
            where not exists (
                select 1 from issuer i where i.id = named.issuer_id
                    and i.profile = (select c.profile from connection c where c.id = named.connection_id)))
        or exists (
            select 1 from inserted i where i.payment_request_id is not null
                and not exists (select 1 from payment_request p where p.id = i.payment_request_id))
        or exists (
            select 1 from inserted i where i.duplicate_of is not null
                and not exists (select 1 from bank_notice b where b.id = i.duplicate_of))
    then
        raise exception 'a notice names a connection, an issuer of it, a request or a notice that does not exist'
            using errcode = 'foreign_key_violation', constraint = 'bank_notice_named_fkey';
    end if;
    return null;
end $$;
create or replace trigger bank_notice_added after insert on bank_notice
    referencing new table as inserted for each statement execute function bank_notice_added();
