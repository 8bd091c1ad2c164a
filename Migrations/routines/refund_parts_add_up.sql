-- Why: checks at the end of the transaction that the parts of a refund add up to it.
-- Reads: the new row, refund_part
-- Writes: nothing
-- Locks: none
create or replace function refund_parts_add_up() returns trigger language plpgsql as $$
begin
    if (select coalesce(sum(p.amount), 0) from refund_part p where p.refund_id = new.id) <> new.amount then
        raise exception 'the parts of refund % are not its amount', new.id
            using errcode = 'check_violation', constraint = 'refund_parts_check';
    end if;
    return null;
end $$;
drop trigger if exists refund_parts_add_up on refund;
create constraint trigger refund_parts_add_up after insert on refund deferrable initially deferred
    for each row execute function refund_parts_add_up();
