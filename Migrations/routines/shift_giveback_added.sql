-- Why: a drawer gives back refunds alone that two persons decided on and that are paid by hand, of its agency, once,
-- and never more than it holds.
-- Needs: shift_cash
-- Reads: the new row, shift, refund, payment_request, reconciliation_case
-- Writes: nothing
-- Locks: the row of the shift: two that give back at once must not both spend the last note
create or replace function shift_giveback_added() returns trigger language plpgsql as $$
declare
    v_shift shift;
begin
    select * into v_shift from shift s where s.id = new.shift_id for update;
    if v_shift.state is distinct from 'open' or v_shift.cashier is distinct from new.given_by
        or shift_cash(new.shift_id) < 0
    then
        raise exception 'a cashier gives back out of an open shift of her own, and no more than it holds'
            using errcode = 'check_violation', constraint = 'shift_giveback_open_check';
    end if;
    if not exists (
        select 1 from refund f left join reconciliation_case c on c.id = f.case_id
            left join payment_request p on p.id = coalesce(f.payment_request_id, c.payment_request_id)
        where f.id = new.refund_id and f.handed_out_in = new.shift_id and f.amount = new.amount
            and p.agency_code = v_shift.agency_code)
    then
        raise exception 'what was given back in shift % is no refund of its agency', new.shift_id
            using errcode = 'foreign_key_violation', constraint = 'shift_giveback_refund_fkey';
    end if;
    return null;
end $$;
create or replace trigger shift_giveback_added after insert on shift_giveback
    for each row execute function shift_giveback_added();
