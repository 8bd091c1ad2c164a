-- Why: how far an account is reconciled; nowhere, if no run has looked at it yet.
-- Reads: reconciliation_state
-- Writes: nothing
-- Locks: none
create or replace function reconciled_up_to(p_account text) returns reconciliation_state language sql stable as $$
    select p_account, coalesce(max(through), '-infinity'), coalesce(max(line_id), 0), coalesce(max(notice_id), 0)
    from reconciliation_state where account_number = p_account
$$;
