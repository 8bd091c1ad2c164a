-- Why: starts the history of a request with the request, and checks that whoever made it exists.
-- Reads: the new rows, api_key, person
-- Writes: payment_request_event
-- Locks: none
create or replace function payment_request_created() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from inserted i where i.created_by is not null
            and not exists (select 1 from api_key k where k.id = i.created_by)
            and not exists (select 1 from person p where p.id = i.created_by))
    then
        raise exception 'a payment request names a creator that does not exist'
            using errcode = 'foreign_key_violation', constraint = 'payment_request_created_by_fkey';
    end if;
    insert into payment_request_event (payment_request_id, event, from_status, to_status, amount_received, happened_at)
    select id, 'create', null, status, amount_received, created_at from inserted;
    return null;
end $$;
create or replace trigger payment_request_created after insert on payment_request
    referencing new table as inserted for each statement execute function payment_request_created();
