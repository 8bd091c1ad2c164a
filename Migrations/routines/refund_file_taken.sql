-- Why: who approved a refund does not take its payment file, whoever writes the row. After the statement, so that a
-- file made by the same one is seen.
-- Reads: the new row, refund_file
-- Writes: nothing
-- Locks: none
create or replace function refund_file_taken() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from refund_file f where f.id = new.file_id
            and f.created_by_person in (new.approved_by_person, new.second_approved_by_person))
    then
        raise exception 'who approved refund % may not take its payment file', new.id
            using errcode = 'check_violation', constraint = 'refund_file_person_check';
    end if;
    return null;
end $$;
create or replace trigger refund_file_taken after update of file_id, approved_by, second_approved_by on refund
    for each row when (new.file_id is not null) execute function refund_file_taken();
