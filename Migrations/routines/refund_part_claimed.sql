-- Why: claims the money of a refund's part at once, from the fee of its request or from what its case holds.
-- Reads: the new row
-- Writes: payment_request, suspense_use
-- Locks: the request, or the case in case_money, until the transaction ends
create or replace function refund_part_claimed() returns trigger language plpgsql as $$
begin
    if new.case_id is null then
        update payment_request set fee_refund_claimed = fee_refund_claimed + new.amount
        where id = new.payment_request_id;
    else
        insert into suspense_use (case_id, action, amount, refund_id)
        values (new.case_id, 'refund', new.amount, new.refund_id);
    end if;
    return null;
end $$;
create or replace trigger refund_part_claimed after insert on refund_part
    for each row execute function refund_part_claimed();
