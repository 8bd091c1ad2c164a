-- Why: what explains the difference between the books and the bank at the end of a day, one row an item; the amount is
-- what the books have more. Only what is open, or happened after the day on either side, can differ.
-- Reads: ledger_account, ledger_transfer, bank_notice, statement, statement_line, line_outcome, line_notice,
-- unproved_notice, reconciliation_state; what cut_off reads
-- Writes: nothing
-- Locks: none
create or replace function reconciliation_difference(p_account text, p_day date)
returns table (reason text, amount bigint, booked_on date, notice_id bigint, line_id bigint, detail text)
language plpgsql stable
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    v_bank integer;
    v_state reconciliation_state;
begin
    select id into v_bank from ledger_account where kind = 'bank' and owner = p_account;
    v_state := reconciled_up_to(p_account);

    return query
    with later_line as materialized (
        select id from statement_line where account_number = p_account and booked_on > p_day
    ),
    named as materialized (
        select u.notice_id as id from unproved_notice u where u.account_number = p_account
        union
        select b.id from bank_notice b where b.account_number = p_account and b.id >= v_state.notice_id
        union
        select b.id from bank_notice b where b.account_number = p_account and b.booked_on > p_day
        union
        select o.notice_id from later_line l join line_outcome o on o.line_id = l.id where o.notice_id is not null
        union
        select n.notice_id from later_line l join line_notice n on n.line_id = l.id
    ),
    -- Money in the books by a notice, and the day on which a line showed it.
    notice as materialized (
        select b.id, sum(t.amount)::bigint as amount, t.booked_on, b.provider_transaction_id, line.id as line_id,
            line.booked_on as shown_on
        from named join bank_notice b on b.id = named.id join ledger_transfer t on t.notice_id = b.id
            left join lateral (
                select l.id, l.booked_on from line_outcome o join statement_line l on l.id = o.line_id
                where o.notice_id = b.id and o.outcome in ('matched', 'recovered', 'amount_mismatch')
                union all
                select l.id, l.booked_on from line_notice n join statement_line l on l.id = n.line_id
                where n.notice_id = b.id
                limit 1) line on true
        where t.debit_account = v_bank and t.statement_line_id is null
        group by b.id, t.booked_on, b.provider_transaction_id, line.id, line.booked_on
    ),
    -- Lines that posted nothing: repeated ones, and those that no run has looked at.
    silent as (
        select 'repeated_line' as reason, l.amount, l.booked_on, l.id, coalesce(l.transaction_id, l.memo) as detail
        from line_outcome o join statement_line l on l.id = o.line_id
        where o.pass = 'repetition' and l.account_number = p_account and l.booked_on <= p_day
        union all
        select 'not_reconciled', l.amount, l.booked_on, l.id, coalesce(l.transaction_id, l.memo)
        from statement_line l
        where l.account_number = p_account and l.booked_on <= p_day
            and (l.id > v_state.line_id or l.booked_on > v_state.through)
            and (select o.line_id from line_outcome o where o.line_id = l.id) is null
    )
    select case when n.shown_on is not null then 'shown_later'
            when cut_off(p_account, n.booked_on) <= p_day then 'missing_at_bank' else 'awaiting_line' end,
        n.amount, n.booked_on, n.id, n.line_id, n.provider_transaction_id
    from notice n where n.booked_on <= p_day and (n.shown_on is null or n.shown_on > p_day)
    union all
    select 'shown_earlier', -n.amount, n.booked_on, n.id, n.line_id, n.provider_transaction_id
    from notice n where n.booked_on > p_day and n.shown_on <= p_day
    union all
    select s.reason, -s.amount, s.booked_on, null, s.id, s.detail from silent s
    union all
    select 'statement_gap', -s.gap, s.first_day, null, null, s.file_name from statement s
    where s.account_number = p_account and s.gap <> 0 and s.first_day <= p_day
    order by 3, 4, 5;
end $$;
