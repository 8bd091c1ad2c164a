-- Why: writes the event of a request that was paid when it was created because nothing was due. Its trigger's name
-- sorts after payment_request_created.
-- Reads: the new rows, event_endpoint
-- Writes: what write_request_events writes
-- Locks: none
create or replace function payment_request_creation_told() returns trigger language plpgsql as $$
declare
    v_ids uuid[];
    v_types text[];
begin
    if not exists (select 1 from event_endpoint) then
        return null;
    end if;
    -- Nothing was due.
    select array_agg(i.id order by i.id), array_agg('payment_request.paid'::text) into v_ids, v_types
    from inserted i where i.status = 'paid';
    if v_ids is not null then
        perform write_request_events(v_ids, v_types);
    end if;
    return null;
end $$;
create or replace trigger payment_request_told_creation after insert on payment_request
    referencing new table as inserted for each statement execute function payment_request_creation_told();
