-- Why: counts a claim on the money of a case at once; a check of the case's row refuses a claim beyond what is held,
-- however many are made at once.
-- Reads: the new row
-- Writes: case_money
-- Locks: the row of the case in case_money, until the transaction ends
create or replace function suspense_used() returns trigger language plpgsql as $$
begin
    update case_money set used = used + new.amount where case_id = new.case_id;
    return null;
end $$;
create or replace trigger suspense_used after insert on suspense_use for each row execute function suspense_used();
