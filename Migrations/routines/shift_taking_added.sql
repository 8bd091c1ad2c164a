-- Why: money goes into the drawer of an open shift alone, by the cashier whose shift it is, of a request of its agency,
-- and as much as was booked. The shift's row is shared until the commit, so nobody counts the drawer meanwhile.
-- Reads: the new row, shift, bank_notice, payment_request
-- Writes: nothing
-- Locks: the row of the shift (shared)
create or replace function shift_taking_added() returns trigger language plpgsql as $$
declare
    v_shift shift;
begin
    select * into v_shift from shift s where s.id = new.shift_id for share;
    if v_shift.state is distinct from 'open' or v_shift.cashier is distinct from new.taken_by then
        raise exception 'a cashier takes money in an open shift of her own'
            using errcode = 'check_violation', constraint = 'shift_taking_open_check';
    end if;
    if not exists (
        select 1 from bank_notice b join payment_request p on p.id = b.payment_request_id
        where b.id = new.notice_id and b.source = 'counter' and b.applied_amount = new.amount
            and p.agency_code = v_shift.agency_code and p.channel = new.channel
            and (b.account_number = 'desk:' || p.agency_code) = (new.channel = 'counter_cash'))
    then
        raise exception 'what was taken in shift % is no payment at a counter of its agency', new.shift_id
            using errcode = 'foreign_key_violation', constraint = 'shift_taking_notice_fkey';
    end if;
    return null;
end $$;
create or replace trigger shift_taking_added after insert on shift_taking
    for each row execute function shift_taking_added();
