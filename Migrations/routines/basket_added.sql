-- Why: a basket is made by somebody who exists, and its reference is no request's: money must know what it is for.
-- Reads: the new rows, api_key, person, payment_request
-- Writes: nothing
-- Locks: none
create or replace function basket_added() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from inserted i where not exists (select 1 from api_key k where k.id = i.created_by)
            and not exists (select 1 from person p where p.id = i.created_by))
    then
        raise exception 'a basket names a creator that does not exist'
            using errcode = 'foreign_key_violation', constraint = 'basket_created_by_fkey';
    end if;
    if exists (select 1 from inserted i join payment_request r on r.reference = i.reference) then
        raise exception 'a basket has the reference of a request'
            using errcode = 'unique_violation', constraint = 'basket_reference_key';
    end if;
    return null;
end $$;
create or replace trigger basket_added after insert on basket
    referencing new table as inserted for each statement execute function basket_added();
