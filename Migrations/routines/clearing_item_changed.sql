-- Why: money in clearing leaves it once, and an entry is not changed. It is back in clearing if the statement of the
-- line that cleared it is undone.
-- Reads: the row, undone_row
-- Writes: nothing
-- Locks: none
create or replace function clearing_item_changed() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and (old.cleared_at is null or (new.cleared_at is null and exists (
            select 1 from undone_row u where u.source = 'statement_line' and u.row_id = old.cleared_by_line)))
        and (old.notice_id, old.ledger_account, old.account_number, old.amount, old.booked_on)
            = (new.notice_id, new.ledger_account, new.account_number, new.amount, new.booked_on)
        and (old.payment_request_id, old.receipt_number)
            is not distinct from (new.payment_request_id, new.receipt_number)
    then
        return new;
    end if;
    raise exception 'a payment in clearing is cleared once, and nothing else of it changes'
        using errcode = 'restrict_violation';
end $$;
create or replace trigger clearing_item_changed before update or delete on clearing_item
    for each row execute function clearing_item_changed();
