-- Why: personal data are erased only where an entry of the audit, written by the same transaction, says who does it and
-- why; nobody who can call the routines that erase can do it unseen.
-- Reads: audit_entry
-- Writes: nothing
-- Locks: none
create or replace function erasure_recorded(p_audit bigint) returns void language plpgsql as $$
begin
    if not exists (
        select 1 from audit_entry
        where id = p_audit and action in ('personal_data.erase', 'retention.run') and happened_at = now())
    then
        raise exception 'an erasure needs its entry in the audit, of the same transaction'
            using errcode = 'check_violation', constraint = 'erased_entry_recorded_check';
    end if;
end $$;
