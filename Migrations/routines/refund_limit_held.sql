-- Why: above what one person may approve, two must, whoever writes the row.
-- Needs: approval_limit_in_force
-- Reads: the new row, refund, payment_request, reconciliation_case
-- Writes: nothing
-- Locks: the person, so that two approvals at once see each other; not `for update`, because rows that name the
-- person share the key, and two who share it would wait for each other
create or replace function refund_limit_held() returns trigger language plpgsql as $$
declare
    v_day date := (new.approved_at at time zone 'Asia/Ho_Chi_Minh')::date;
    v_limit record;
    v_before bigint;
begin
    perform 1 from person where id = new.approved_by_person for no key update;
    v_limit := approval_limit_in_force(
        new.approved_by_person,
        coalesce((select agency_code from payment_request where id = new.payment_request_id),
            (select agency_code from reconciliation_case where id = new.case_id)),
        v_day);
    select coalesce(sum(amount), 0) into v_before from refund
    where approved_by_person = new.approved_by_person and approvals_needed = 1 and state <> 'rejected' and id <> new.id
        and approved_at >= v_day::timestamp at time zone 'Asia/Ho_Chi_Minh'
        and approved_at < (v_day + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh';
    if new.amount > v_limit.refund_amount or v_before + new.amount > v_limit.day_amount then
        raise exception 'refund % is above what one person may approve', new.id
            using errcode = 'check_violation', constraint = 'refund_limit_check';
    end if;
    return null;
end $$;
create or replace trigger refund_limit_held after insert on refund
    for each row when (new.approved_by is not null and new.approvals_needed = 1) execute function refund_limit_held();
create or replace trigger refund_limit_held_again after update of approved_by on refund
    for each row when (new.approved_by is not null and old.approved_by is null and new.approvals_needed = 1)
    execute function refund_limit_held();
