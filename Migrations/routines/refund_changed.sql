-- Why: keeps the request, the payee and the deciders of a refund from being changed, and releases the claims of a
-- rejected refund.
-- Reads: the old and new row, refund_part
-- Writes: payment_request, suspense_use
-- Locks: the requests and cases whose money the refund had claimed
create or replace function refund_changed() returns trigger language plpgsql as $$
begin
    if (new.id, new.end_to_end_id, new.amount, new.account_number, new.requested_by, new.beneficiary_bin,
            new.beneficiary_account, new.beneficiary_name, new.paid_by_hand)
        is distinct from (old.id, old.end_to_end_id, old.amount, old.account_number, old.requested_by,
            old.beneficiary_bin, old.beneficiary_account, old.beneficiary_name, old.paid_by_hand)
        -- Erased: see erase_refunds.
        and (new.id, new.end_to_end_id, new.amount, new.account_number, new.requested_by, new.beneficiary_bin,
            new.beneficiary_account, new.beneficiary_name, new.paid_by_hand, new.state, new.salt)
        is distinct from (old.id, old.end_to_end_id, old.amount, old.account_number, old.requested_by,
            old.beneficiary_bin, '000000', 'đã xóa', old.paid_by_hand, old.state, null::uuid)
    then
        raise exception 'what was asked for in refund % is not changed', old.id
            using errcode = 'check_violation', constraint = 'refund_content_check';
    end if;
    if (old.approved_by is not null and new.approved_by is distinct from old.approved_by)
        or (old.second_approved_by is not null and new.second_approved_by is distinct from old.second_approved_by)
        or (old.adopted_by is not null and new.adopted_by is distinct from old.adopted_by)
        or new.approvals_needed < old.approvals_needed
    then
        raise exception 'who decided about refund % is not changed', old.id
            using errcode = 'check_violation', constraint = 'refund_decided_check';
    end if;
    if old.state = new.state then return new; end if;
    if new.state = 'rejected' then
        update payment_request r set fee_refund_claimed = r.fee_refund_claimed - p.amount
        from refund_part p
        where p.refund_id = new.id and p.case_id is null and r.id = p.payment_request_id;
        insert into suspense_use (case_id, action, amount, refund_id)
        select p.case_id, 'release', -p.amount, new.id from refund_part p
        where p.refund_id = new.id and p.case_id is not null order by p.case_id;
    end if;
    return new;
end $$;
create or replace trigger refund_changed before update on refund for each row execute function refund_changed();
