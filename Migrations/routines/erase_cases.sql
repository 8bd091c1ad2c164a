-- Why: erases what cases that have ended, and the proposals about them, say of persons. With the rights of the owner:
-- the service may not change a proposal.
-- Needs: erasure_recorded
-- Reads: audit_entry
-- Writes: reconciliation_case, case_proposal
-- Locks: the rows that it erases, until the transaction ends
create or replace function erase_cases(p_ids bigint[], p_audit bigint) returns bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_erased bigint;
begin
    perform erasure_recorded(p_audit);
    update case_proposal p set arguments = p.arguments - 'beneficiary', salt = null
    from reconciliation_case c
    where c.id = any (p_ids) and c.state <> 'open' and p.case_id = c.id and p.state <> 'waiting'
        and p.salt is not null;
    update reconciliation_case set salt = null,
        evidence = evidence - '{memo,counterparty_name,counterparty_account,sealed_body}'::text[]
    where id = any (p_ids) and state <> 'open' and salt is not null;
    get diagnostics v_erased = row_count;
    return v_erased;
end $$;
