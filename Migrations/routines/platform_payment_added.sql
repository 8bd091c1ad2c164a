-- Why: an attempt names its request by its code, so that what is paid for it pays that request.
-- Reads: the new row, payment_request
-- Writes: nothing
-- Locks: none
create or replace function platform_payment_added() returns trigger language plpgsql as $$
begin
    if not exists (
        select 1 from payment_request r
        where r.id = new.payment_request_id and r.reference = left(new.code, 16))
    then
        raise exception 'an attempt to pay through the platform has the reference of its request'
            using errcode = 'foreign_key_violation', constraint = 'platform_payment_request_fkey';
    end if;
    return null;
end $$;
create or replace trigger platform_payment_added after insert on platform_payment
    for each row execute function platform_payment_added();
