-- Why: erases who pays from requests that are no longer waiting for money. With the rights of the owner: the service
-- may not change these columns.
-- Needs: erasure_recorded
-- Reads: audit_entry
-- Writes: payment_request
-- Locks: the rows that it erases, until the transaction ends
create or replace function erase_requests(p_ids uuid[], p_audit bigint) returns bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_erased bigint;
begin
    perform erasure_recorded(p_audit);
    update payment_request set payer_name = null, return_url = null, salt = null,
        -- The kind of the paper stays: it is why the fee was reduced.
        payer_evidence_number = case when payer_evidence_number is not null then 'đã xóa' end
    where id = any (p_ids) and status <> 'pending' and salt is not null;
    get diagnostics v_erased = row_count;
    return v_erased;
end $$;
