-- Why: as notice_personal_hash, for a line of a statement.
-- Reads: the row
-- Writes: nothing
-- Locks: none
create or replace function line_personal_hash(t statement_line) returns text language sql stable parallel safe as $$
    select encode(sha256(convert_to(row(t.id, t.salt, t.counterparty_name, t.counterparty_account, t.counterparty_bank,
        t.memo)::text, 'UTF8')), 'hex')
$$;
