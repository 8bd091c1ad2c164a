-- Why: checks that what a case names exists, once per statement instead of once per row, because a run may open tens of
-- thousands. None of it is ever deleted. A few thousand references are looked up, not joined with years of rows: a
-- scalar sub-select is never turned into a join.
-- Reads: the new rows, payment_request, bank_notice
-- Writes: nothing
-- Locks: none
create or replace function reconciliation_case_added() returns trigger language plpgsql as $$
begin
    if exists (
            select 1 from inserted i where i.payment_request_id is not null
                and (select p.id from payment_request p where p.id = i.payment_request_id) is null)
        or exists (
            select 1 from inserted i where i.notice_id is not null
                and (select b.id from bank_notice b where b.id = i.notice_id) is null)
    then
        raise exception 'a case names a request or a notice that does not exist'
            using errcode = 'foreign_key_violation', constraint = 'reconciliation_case_named_fkey';
    end if;
    return null;
end $$;
create or replace trigger reconciliation_case_added after insert on reconciliation_case
    referencing new table as inserted for each statement execute function reconciliation_case_added();
