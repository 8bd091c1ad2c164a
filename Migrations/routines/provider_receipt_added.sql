-- Why: an order to a provider is of a request of its agency, and what one replaces is of the same request and kind.
-- Reads: the new row, payment_request, receipt_provider, provider_receipt
-- Writes: nothing
-- Locks: none
create or replace function provider_receipt_added() returns trigger language plpgsql as $$
begin
    if not exists (
        select 1 from payment_request r join receipt_provider p on p.agency_code = r.agency_code
        where r.id = new.payment_request_id and p.id = new.provider_id)
        or (new.replaces is not null and not exists (
            select 1 from provider_receipt o where o.id = new.replaces
                and (o.payment_request_id, o.kind) = (new.payment_request_id, new.kind) and o.turn < new.turn))
    then
        raise exception 'an order to a provider is of a request of its agency, and replaces one of the same'
            using errcode = 'foreign_key_violation', constraint = 'provider_receipt_request_fkey';
    end if;
    return null;
end $$;
create or replace trigger provider_receipt_added after insert on provider_receipt
    for each row execute function provider_receipt_added();
