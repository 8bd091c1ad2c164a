-- Why: what a notice paid of the requests of its basket is exactly what was applied of it, and the requests are the
-- basket's. The parts of a notice are written in one statement.
-- Reads: the new rows, basket_part, basket_notice, basket_item, bank_notice
-- Writes: nothing
-- Locks: none
create or replace function basket_part_added() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from inserted i join basket_notice n on n.notice_id = i.notice_id
            left join basket_item m on m.basket_id = n.basket_id and m.place = i.place
        where m.payment_request_id is distinct from i.payment_request_id)
    then
        raise exception 'a notice pays a request that is not of its basket'
            using errcode = 'foreign_key_violation', constraint = 'basket_part_item_fkey';
    end if;
    if exists (
        select 1 from (select distinct notice_id from inserted) i join bank_notice b on b.id = i.notice_id
        where b.applied_amount <> (select sum(p.amount) from basket_part p where p.notice_id = i.notice_id))
    then
        raise exception 'the parts of a notice are not what was applied of it'
            using errcode = 'check_violation', constraint = 'basket_part_sum_check';
    end if;
    return null;
end $$;
create or replace trigger basket_part_added after insert on basket_part
    referencing new table as inserted for each statement execute function basket_part_added();
