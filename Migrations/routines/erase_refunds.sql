-- Why: erases whom a refund was to be paid to: of refunds that were rejected, and of others once the law no longer
-- wants the order to the bank kept. The kept answers that repeat it are erased with it. With the rights of the owner:
-- nobody may change whom a refund is paid to.
-- Needs: erasure_recorded
-- Reads: audit_entry
-- Writes: refund, idempotency_key
-- Locks: the rows that it erases, until the transaction ends
create or replace function erase_refunds(p_ids uuid[], p_audit bigint) returns bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_erased bigint;
begin
    perform erasure_recorded(p_audit);
    with gone as (
        update refund set salt = null,
            beneficiary_account = case when beneficiary_account is not null then '000000' end,
            beneficiary_name = case when beneficiary_name is not null then 'đã xóa' end
        where id = any (p_ids) and salt is not null
            and (state = 'rejected' or state = 'settled' and requested_at < now() - interval '10 years')
        returning id, requested_at
    ),
    answers as (
        update idempotency_key k set body = (k.body::jsonb - 'beneficiary')::text
        from gone g
        where k.created_at between g.requested_at - interval '1 hour' and g.requested_at + interval '1 hour'
            and k.body like '%"beneficiary"%' and k.body like '%' || g.id::text || '%'
    )
    select count(*) into v_erased from gone;
    return v_erased;
end $$;
