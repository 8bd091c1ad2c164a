-- Why: the requests of a basket collect on its account, wait for money, and are in no other basket that is open,
-- whoever writes it. The rows of the requests are locked, so that of two baskets at once one sees the other.
-- Reads: the new rows, basket, basket_item
-- Writes: nothing
-- Locks: the requests, in the order of their ids
create or replace function basket_item_added() returns trigger language plpgsql as $$
begin
    perform 1 from payment_request r where r.id in (select i.payment_request_id from inserted i)
    order by r.id for update;
    if exists (
        select 1 from inserted i join basket b on b.id = i.basket_id
            join payment_request r on r.id = i.payment_request_id
        where r.account_number <> b.account_number or r.bank_bin <> b.bank_bin or r.status <> 'pending'
            or r.expires_at < b.expires_at)
    then
        raise exception 'a basket has a request of another account, or one that does not wait for money as long as it'
            using errcode = 'check_violation', constraint = 'basket_item_request_check';
    end if;
    if exists (
        select 1 from inserted i join basket_item o on o.payment_request_id = i.payment_request_id
                and o.basket_id <> i.basket_id
            join basket b on b.id = o.basket_id
        where b.cancelled_at is null and b.expires_at > clock_timestamp())
    then
        raise exception 'a request is in another basket that is open'
            using errcode = 'unique_violation', constraint = 'basket_item_open_key';
    end if;
    return null;
end $$;
create or replace trigger basket_item_added after insert on basket_item
    referencing new table as inserted for each statement execute function basket_item_added();
