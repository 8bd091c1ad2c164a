-- Why: what stands in the sealed history for the personal data of a notice: with its own salt, so that nobody who knows
-- the rest of the entry can guess them once both are erased.
-- Reads: the row
-- Writes: nothing
-- Locks: none
create or replace function notice_personal_hash(t bank_notice) returns text language sql stable parallel safe as $$
    select encode(sha256(convert_to(row(t.id, t.salt, t.memo)::text, 'UTF8')), 'hex')
$$;
