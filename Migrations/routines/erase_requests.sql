-- Why: erases who pays from requests that are no longer waiting for money. With the rights of the owner: the service
-- may not change these columns.
-- Needs: erasure_recorded
-- Reads: audit_entry, receipt
-- Writes: payment_request, receipt_document, payer_contact, payer_message
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
    -- What was signed with the payer's name goes; asked for again, it is made without.
    delete from receipt_document d using receipt r where r.id = d.receipt_id and r.payment_request_id = any (p_ids)
        and exists (select 1 from payment_request q where q.id = r.payment_request_id and q.salt is null);
    -- Where the payer wanted to be told goes, and what waits to be sent there.
    update payer_contact c set address = null, mark = null, stopped_at = coalesce(c.stopped_at, clock_timestamp())
    where c.payment_request_id = any (p_ids) and c.address is not null
        and exists (select 1 from payment_request q where q.id = c.payment_request_id and q.salt is null);
    return v_erased;
end $$;
