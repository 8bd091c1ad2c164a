-- Why: a shift ends with what it took and what was counted, whoever writes it; a closed one changes in nothing but
-- where its cash was carried to, and that once.
-- Needs: shift_cash
-- Reads: the old and new row, shift_taking, shift_giveback, shift_count
-- Writes: nothing
-- Locks: none
create or replace function shift_changed() returns trigger language plpgsql as $$
begin
    if (old.id, old.agency_code, old.cashier, old.cashier_name, old.float_amount, old.opened_at)
            is distinct from (new.id, new.agency_code, new.cashier, new.cashier_name, new.float_amount, new.opened_at)
        or (old.state = 'closed' and (to_jsonb(old) - 'deposit_id') is distinct from (to_jsonb(new) - 'deposit_id'))
        or (old.deposit_id is not null and old.deposit_id is distinct from new.deposit_id)
    then
        raise exception 'what a shift began with does not change, nor a closed shift'
            using errcode = 'restrict_violation', constraint = 'shift_facts_check';
    end if;
    if new.state <> 'open' and old.state <> 'closed' and (
        new.expected_cash is distinct from shift_cash(new.id)
        or new.counted_cash is distinct from (
            select coalesce(sum(c.denomination * c.pieces), 0)::bigint from shift_count c
            where c.shift_id = new.id and c.turn = new.count_turn))
    then
        raise exception 'shift % has not taken or counted what it says', new.id
            using errcode = 'check_violation', constraint = 'shift_sums_check';
    end if;
    return new;
end $$;
create or replace trigger shift_changed before update on shift
    for each row execute function shift_changed();
