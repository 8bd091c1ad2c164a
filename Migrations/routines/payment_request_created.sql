-- Why: starts the history of a request with the request.
-- Reads: the new rows
-- Writes: payment_request_event
-- Locks: none
create or replace function payment_request_created() returns trigger language plpgsql as $$
begin
    insert into payment_request_event (payment_request_id, event, from_status, to_status, amount_received, happened_at)
    select id, 'create', null, status, amount_received, created_at from inserted;
    return null;
end $$;
create or replace trigger payment_request_created after insert on payment_request
    referencing new table as inserted for each statement execute function payment_request_created();
