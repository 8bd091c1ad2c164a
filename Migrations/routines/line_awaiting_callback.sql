-- Why: A line that brought a transfer before its callback did, and is booked already: to suspense, or to the several
-- requests it paid. `rest` is what is left of it in suspense.
-- Reads: line_outcome, statement_line, line_notice, reconciliation_case, case_money
-- Writes: nothing
-- Locks: none
create or replace function line_awaiting_callback(p_account text, p_transaction text, p_amount bigint)
returns table (line_id bigint, case_id bigint, rest bigint)
language sql stable as $$
    select l.id, c.id, case when c.id is not null then l.amount - coalesce(m.used, 0) end
    -- Fenced: to meet "the first by id" soon, a plan may read lines by their ids, which are all of them where none
    -- fits.
    from (select * from line_outcome where transaction_id = p_transaction offset 0) o
        join statement_line l on l.id = o.line_id
        left join reconciliation_case c on c.subject = 'line:' || l.id and c.kind = o.outcome
        left join case_money m on m.case_id = c.id
    where l.account_number = p_account and l.amount = p_amount
        and (o.suspense_amount = l.amount or o.pass = 'several_requests')
        and (o.pass = 'several_requests' or not exists (select 1 from line_notice n where n.line_id = l.id))
    order by l.id limit 1
$$;
