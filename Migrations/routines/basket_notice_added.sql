-- Why: a notice that names a basket exists and names no request itself.
-- Reads: the new rows, bank_notice
-- Writes: nothing
-- Locks: none
create or replace function basket_notice_added() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from inserted i left join bank_notice b on b.id = i.notice_id
        where b.id is null or b.payment_request_id is not null)
    then
        raise exception 'a basket is named by a notice that does not exist or names a request'
            using errcode = 'foreign_key_violation', constraint = 'basket_notice_notice_fkey';
    end if;
    return null;
end $$;
create or replace trigger basket_notice_added after insert on basket_notice
    referencing new table as inserted for each statement execute function basket_notice_added();
