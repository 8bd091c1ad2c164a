-- Why: finds the refunds among an account's debit lines that have no outcome yet: by the id of the refund in the memo
-- or the transaction's id and the same amount; else where one refund alone and one line alone have that amount and that
-- beneficiary's account. Returns how many. To be called in the transaction of reconcile_account, before it.
-- Reads: refund, statement_line, line_outcome, reconciliation_state
-- Writes: line_outcome, ledger_transfer, ledger_account, refund, audit_entry; a temporary table of its own
-- Locks: those of reconcile_account, in its order; then the refunds that wait, in the order of their ids
create or replace function match_refund_debits(p_run bigint, p_account text, p_through date, p_now timestamptz)
returns integer language plpgsql as $$
declare
    v_bank integer := ledger_account_of('bank', p_account);
    v_refund_account integer := ledger_account_of('refund', p_account);
    v_count integer;
    v_state reconciliation_state;
begin
    -- The locks of reconcile_account, in its order: one run of an account at a time.
    perform pg_advisory_xact_lock(hashtextextended('statement:' || p_account, 0));
    perform pg_advisory_xact_lock(hashtextextended('reconcile:' || p_account, 0));
    v_state := reconciled_up_to(p_account);
    perform 1 from refund where account_number = p_account and state = 'executed' order by id for update;
    -- Without a refund that waits, no line can be one.
    if not found then return 0; end if;
    create temporary table if not exists refund_debit (
        line_id bigint primary key, refund_id uuid not null unique, booked_on date not null
    ) on commit drop;
    truncate refund_debit;

    with line as materialized (
        select l.id, l.booked_on, l.amount, plain_text(l.counterparty_account) as counterparty,
            plain_text(l.memo) || ' ' || plain_text(l.transaction_id) as words
        from statement_line l
        where l.account_number = p_account and l.amount < 0 and l.booked_on <= p_through
            and (l.id > v_state.line_id or l.booked_on > v_state.through)
            and not exists (select 1 from line_outcome o where o.line_id = l.id)
    ),
    open_refund as materialized (
        select f.id, f.amount, f.end_to_end_id, plain_text(f.beneficiary_account) as beneficiary, f.executed_on
        from refund f where f.account_number = p_account and f.state = 'executed'
    ),
    named as (
        select l.id as line_id, l.booked_on, f.id as refund_id,
            row_number() over (partition by l.id order by f.id) as nth_for_line,
            row_number() over (partition by f.id order by l.booked_on, l.id) as nth_for_refund
        from line l join open_refund f on f.amount = -l.amount and position(f.end_to_end_id in l.words) > 0
    ),
    by_name as (select * from named where nth_for_line = 1 and nth_for_refund = 1),
    by_account as (
        select l.id as line_id, l.booked_on, f.id as refund_id,
            count(*) over (partition by l.id) as refunds, count(*) over (partition by f.id) as lines
        from line l join open_refund f
            on f.amount = -l.amount and f.beneficiary <> '' and f.beneficiary = l.counterparty
                and l.booked_on >= f.executed_on
        where l.id not in (select line_id from named) and f.id not in (select refund_id from named)
            -- A line that names another refund is that one's, whatever its amount.
            and l.words !~ 'KHR[0-9A-HJKMNP-TV-Z]{14}'
    )
    insert into refund_debit
    select line_id, refund_id, booked_on from by_name
    union all
    select line_id, refund_id, booked_on from by_account where refunds = 1 and lines = 1;

    insert into line_outcome (line_id, run_id, outcome, pass, payment_request_id)
    select d.line_id, p_run, 'matched', 'refund', f.payment_request_id
    from refund_debit d join refund f on f.id = d.refund_id order by d.line_id;
    insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id, statement_line_id,
        refund_id, booked_on, recorded_at)
    select v_refund_account, v_bank, f.amount, 'refund_paid', f.payment_request_id, d.line_id, f.id, d.booked_on, p_now
    from refund_debit d join refund f on f.id = d.refund_id order by d.line_id;
    update refund f set state = 'settled', settled_at = p_now, statement_line_id = d.line_id
    from refund_debit d where d.refund_id = f.id;
    get diagnostics v_count = row_count;
    insert into audit_entry (happened_at, actor_id, actor_name, action, subject, detail)
    select p_now, 'system', 'system', 'refund.settle', 'refund:' || d.refund_id,
        jsonb_build_object('statement_line_id', d.line_id, 'run_id', p_run)
    from refund_debit d order by d.line_id;
    return v_count;
end $$;
comment on function match_refund_debits is 'Matches debit lines to refunds; see docs/money-rules.md.';
