-- Why: checks at the end of the transaction that a deposit is what its shifts held beyond their floats, all of one
-- agency, and that its entry in clearing says the same.
-- Reads: the new row, cash_deposit, shift, clearing_item
-- Writes: nothing
-- Locks: none
create or replace function deposit_adds_up() returns trigger language plpgsql as $$
declare
    v_id bigint;
begin
    if tg_table_name = 'shift' then
        v_id := new.deposit_id;
    else
        v_id := new.id;
    end if;
    if v_id is not null and not exists (
        select 1 from cash_deposit d join clearing_item i on i.notice_id = d.notice_id
        where d.id = v_id and i.amount = d.amount and i.account_number = d.account_number
            and i.payment_request_id is null and i.receipt_number = d.slip_number
            and d.amount = (select sum(s.counted_cash - s.float_amount) from shift s where s.deposit_id = d.id)
            and not exists (
                select 1 from shift s where s.deposit_id = d.id and s.agency_code <> d.agency_code))
    then
        raise exception 'deposit % is not what its shifts held', v_id
            using errcode = 'check_violation', constraint = 'cash_deposit_shifts_check';
    end if;
    return null;
end $$;
drop trigger if exists deposit_adds_up on cash_deposit;
create constraint trigger deposit_adds_up after insert on cash_deposit deferrable initially deferred
    for each row execute function deposit_adds_up();
drop trigger if exists shift_deposit_adds_up on shift;
create constraint trigger shift_deposit_adds_up after update of deposit_id on shift deferrable initially deferred
    for each row execute function deposit_adds_up();
