-- Why: the minutes of a day's reconciliation (biên bản đối soát) are signed, and what changes afterwards shows.
-- Locks: none that matter, the table is new.

create table reconciliation_sign_off (
    account_number text not null references bank_account,
    day date not null,
    signed_by text not null,
    signed_by_name text not null,
    signed_at timestamptz not null default now(),
    -- The minutes as they were signed.
    report jsonb not null,
    constraint reconciliation_sign_off_pkey primary key (account_number, day)
);
create trigger reconciliation_sign_off_append_only before update or delete or truncate on reconciliation_sign_off
    for each statement execute function refuse_change();

-- What explains the difference between the books and the bank at the end of a day, one row an item; the amount is what the
-- books have more.
create function reconciliation_difference(p_account text, p_day date)
returns table (reason text, amount bigint, booked_on date, notice_id bigint, line_id bigint, detail text)
language sql stable as $$
    with bank as (select id from ledger_account where kind = 'bank' and owner = p_account),
    -- Money in the books by a notice, and the day on which a line showed it.
    notice as (
        select b.id, sum(t.amount)::bigint as amount, t.booked_on, b.provider_transaction_id, line.id as line_id,
            line.booked_on as shown_on
        from ledger_transfer t join bank on t.debit_account = bank.id join bank_notice b on b.id = t.notice_id
            left join lateral (
                select l.id, l.booked_on from line_outcome o join statement_line l on l.id = o.line_id
                where o.notice_id = b.id and o.outcome in ('matched', 'recovered', 'amount_mismatch')
                union all
                select l.id, l.booked_on from line_notice n join statement_line l on l.id = n.line_id
                where n.notice_id = b.id
                limit 1) line on true
        where t.statement_line_id is null
        group by b.id, t.booked_on, b.provider_transaction_id, line.id, line.booked_on
    )
    select case when n.shown_on is not null then 'shown_later'
            when cut_off(p_account, n.booked_on) <= p_day then 'missing_at_bank' else 'awaiting_line' end,
        n.amount, n.booked_on, n.id, n.line_id, n.provider_transaction_id
    from notice n where n.booked_on <= p_day and (n.shown_on is null or n.shown_on > p_day)
    union all
    select 'shown_earlier', -n.amount, n.booked_on, n.id, n.line_id, n.provider_transaction_id
    from notice n where n.booked_on > p_day and n.shown_on <= p_day
    union all
    -- Lines that posted nothing: repeated ones, and those that no run has looked at.
    select case when o.line_id is null then 'not_reconciled' else 'repeated_line' end, -l.amount, l.booked_on, null, l.id,
        coalesce(l.transaction_id, l.memo)
    from statement_line l left join line_outcome o on o.line_id = l.id
    where l.account_number = p_account and l.booked_on <= p_day
        and (o.line_id is null or (o.pass = 'repetition'))
    order by 3, 4, 5
$$;
