-- Why: settles a batch of verified notices. Each is judged as if it had come alone, in the order given; all are
-- committed together or not at all. Returns one row a notice. The outcome `price_check` means: nothing was recorded;
-- the request has expired and is within its grace period, so the caller must say whether its price still holds
-- (p_price_holds) and call again.
-- Reads: payment_request, bank_notice, connection, statement_line, line_outcome, line_notice, reconciliation_case,
-- case_money
-- Writes: bank_notice, ledger_transfer, payment_request, reconciliation_case, case_money, suspense_use, line_notice
-- Locks: the settle lock of each account, shared, in the order of their numbers; then the requests concerned, in the
-- order of their ids, so that batches at once cannot deadlock over them
create or replace function settle_notices(
    p_source text[],
    p_connection integer[],
    p_transaction text[],
    p_hash bytea[],
    p_is_credit boolean[],
    p_amount bigint[],
    p_account text[],
    p_bank_reference text[],
    -- Candidate references found in the notice, comma-separated, in their order.
    p_references text[],
    p_occurred_at timestamptz[],
    p_memo text[],
    p_headers text[],
    p_body text[],
    p_debit_account integer[],
    p_suspense_account integer[],
    p_price_holds boolean[],
    p_now timestamptz,
    p_grace interval
) returns table (ordinal integer, outcome text, payment_request_id uuid, notice_id bigint)
language plpgsql
-- A batch is a handful of index look-ups a notice whatever the tables' statistics say on an empty or a just loaded
-- database: a plan that reads a table once and joins it looks cheap while the table is empty, and is kept when it is
-- not.
set enable_seqscan = off
set enable_material = off
set enable_hashjoin = off
set enable_mergejoin = off
-- Planning it costs more than running it on a few notices, and the plan does not depend on them.
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
    -- A reconciliation that judges what is open waits for what is under way, and is waited for: see reconcile_account.
    perform pg_advisory_xact_lock_shared(hashtextextended('settle:' || a.number, 0))
    from (select distinct number from unnest(p_account) as number order by 1) a;
    perform 1 from payment_request
    where reference in (select unnest(string_to_array(r, ',')) from unnest(p_references) r)
    order by id
    for update;

    return query
    with given as materialized (
        select g.*, (g.ord)::integer as n,
            case when g.occurred_at > p_now + interval '10 minutes' then p_now else g.occurred_at end as moved_at,
            request.id as request_id, request.status, request.amount_due, request.amount_received,
            request.expires_at, request.revenue_account, request.agency_code
        from unnest(p_source, p_connection, p_transaction, p_hash, p_is_credit, p_amount, p_account, p_bank_reference,
                p_references, p_occurred_at, p_memo, p_headers, p_body, p_debit_account, p_suspense_account,
                p_price_holds)
            with ordinality as g (source, connection, transaction, hash, is_credit, amount, account, bank_reference,
                refs, occurred_at, memo, headers, body, debit_account, suspense_account, price_holds, ord)
        left join lateral (
            select pr.* from unnest(string_to_array(g.refs, ',')) with ordinality as c (reference, place)
                join payment_request pr on pr.reference = c.reference
            order by c.place limit 1
        ) request on true
    ),
    judged as materialized (
        select g.*,
            first_value(g.hash) over same_transaction as first_hash,
            row_number() over same_transaction as nth_of_transaction,
            known.id as known_id, known.hash as known_hash, known.request as known_request,
            counted.id as counted_id
        from given g
        left join lateral (
            select b.id, b.content_hash as hash, b.payment_request_id as request from bank_notice b
            where b.connection_id = g.connection and b.provider_transaction_id = g.transaction and b.source = 'callback'
            limit 1
        ) known on true
        left join lateral (
            select b.id from bank_notice b
            where b.account_number = g.account and b.bank_reference = g.bank_reference and b.amount = g.amount
                and b.applied_amount + b.suspense_amount > 0
            limit 1
        ) counted on g.is_credit
        window same_transaction as (partition by g.source, coalesce(g.connection, 0), g.transaction order by g.n)
    ),
    -- A statement's line may have brought this transfer before its callback did, and be booked already: to suspense, from
    -- where it now pays what it was for; or to the several requests it paid.
    brought as materialized (
        select j.*, line.line_id, line.case_id, coalesce(line.rest, 0) as line_rest
        from judged j
        left join lateral line_awaiting_callback(j.account, j.bank_reference, j.amount) line
            on j.source = 'callback' and j.is_credit and j.known_id is null and j.nth_of_transaction = 1
    ),
    -- A line may have told of this payment before its callback did: the line is counted, the callback confirms it.
    told as materialized (
        select j.*,
            case when j.known_id is null and j.nth_of_transaction = 1 and j.is_credit and j.source = 'callback'
                and j.counted_id is null and j.request_id is not null
            then (
                select b.id from bank_notice b
                where b.payment_request_id = j.request_id and b.source = 'statement' and b.amount = j.amount
                    and not exists (select 1 from bank_notice d where d.duplicate_of = b.id
                        and d.payment_request_id = j.request_id)
                order by b.id limit 1
            ) end as told_by_line
        from brought j
    ),
    first_sorted as materialized (
        select t.*,
            case
                when t.known_id is not null and t.known_hash = t.hash then 'duplicate'
                when t.known_id is not null then 'conflict'
                when t.nth_of_transaction > 1 and t.first_hash = t.hash then 'duplicate'
                when t.nth_of_transaction > 1 then 'conflict'
                when not t.is_credit then 'not_credit'
                when t.counted_id is not null then 'confirmed'
                -- One line is confirmed by one callback: a second of the same amount is a second payment.
                when t.told_by_line is not null
                    and row_number() over (partition by t.told_by_line order by t.n) = 1 then 'confirmed'
                -- Two connections report one transfer in one batch.
                when min(t.n) filter (where t.known_id is null and t.nth_of_transaction = 1) over (
                    partition by t.account, t.bank_reference, t.amount, t.is_credit) < t.n then 'confirmed'
                when t.request_id is null then 'unknown_reference'
                when t.status = 'cancelled' then 'late'
                when t.status in ('paid', 'partially_refunded', 'refunded') then 'apply'
                when t.status = 'pending' and t.moved_at <= t.expires_at then 'apply'
                when t.moved_at > t.expires_at + p_grace then 'late'
                when t.price_holds is null then 'price_check'
                when t.price_holds then 'apply'
                else 'late'
            end as fate
        from told t
    ),
    sorted as materialized (
        select f.request_id, f.n, f.source, f.connection, f.transaction, f.hash, f.amount, f.account, f.bank_reference,
            f.memo, f.headers, f.body, f.occurred_at, f.moved_at, f.debit_account, f.suspense_account, f.revenue_account,
            f.amount_due, f.amount_received, f.status, f.agency_code, f.known_id, f.known_request, f.counted_id,
            f.told_by_line, f.line_id, f.case_id, f.line_rest,
            -- Money of a line that a person has dealt with, or that does not fit as a whole, is that person's.
            case when f.line_id is not null and (f.fate in ('late', 'unknown_reference') or f.fate = 'apply' and (
                    f.line_rest < f.amount or f.status not in ('pending', 'expired')
                    or f.amount > f.amount_due - f.amount_received))
                then 'confirmed' else f.fate end as fate
        from first_sorted f
    ),
    summed as materialized (
        select s.*,
            s.amount_received + coalesce(sum(s.amount) filter (where s.fate = 'apply') over (
                partition by s.request_id order by s.n rows between unbounded preceding and 1 preceding), 0)
                as received_before
        from sorted s
    ),
    decided as materialized (
        select s.*,
            case
                when s.fate = 'apply' and s.received_before >= s.amount_due then 'overpaid'
                when s.fate = 'apply' and s.received_before + s.amount > s.amount_due then 'overpaid'
                when s.fate = 'apply' and s.received_before + s.amount = s.amount_due then 'settled'
                when s.fate = 'apply' then 'partial'
                when s.fate = 'confirmed' then 'duplicate'
                else s.fate
            end as verdict,
            case when s.fate = 'apply' then least(s.amount, greatest(s.amount_due - s.received_before, 0)) else 0 end
                as applied,
            s.fate = 'apply' and s.status in ('pending', 'expired') and s.received_before < s.amount_due
                and s.received_before + s.amount >= s.amount_due as completes,
            -- Rows that are recorded get their id here, so that everything booked for them can name it.
            case when s.fate in ('apply', 'late', 'unknown_reference', 'not_credit', 'confirmed')
                then nextval('bank_notice_id_seq') end as new_id,
            (s.moved_at at time zone 'Asia/Ho_Chi_Minh')::date as moved_on
        from summed s
    ),
    recorded as (
        insert into bank_notice (id, source, connection_id, provider_transaction_id, content_hash, outcome, duplicate_of,
            amount, account_number, bank_reference, payment_request_id, applied_amount, suspense_amount, occurred_at,
            clock_was_ahead, booked_on, received_at, memo, headers, body)
        overriding system value
        select d.new_id, d.source, d.connection, d.transaction, d.hash, d.verdict,
            coalesce(d.counted_id, d.told_by_line), d.amount, d.account, d.bank_reference, d.request_id,
            d.applied, case when d.fate in ('apply', 'late', 'unknown_reference') then d.amount - d.applied else 0 end,
            d.moved_at, d.moved_at <> d.occurred_at, d.moved_on, p_now, d.memo, d.headers, d.body
        from decided d where d.new_id is not null
        order by d.connection, d.transaction
    ),
    booked as (
        insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id, notice_id, booked_on,
            recorded_at)
        select case when d.line_id is not null and d.fate = 'apply' then d.suspense_account else d.debit_account end,
            part.credit, part.amount, part.kind, d.request_id, d.new_id, d.moved_on, p_now
        from decided d
            cross join lateral (values
                (d.revenue_account, d.applied, 'payment'),
                (d.suspense_account,
                    case when d.fate in ('apply', 'late', 'unknown_reference') then d.amount - d.applied else 0 end,
                    'suspense')) as part (credit, amount, kind)
        where d.new_id is not null and part.amount > 0
        order by d.n
    ),
    taken as (
        insert into case_money (case_id)
        select distinct d.case_id from decided d where d.line_id is not null and d.fate = 'apply'
        on conflict do nothing
    ),
    used as (
        insert into suspense_use (case_id, action, amount, notice_id)
        select d.case_id, 'settle', d.amount, d.new_id from decided d where d.line_id is not null and d.fate = 'apply'
    ),
    proved as (
        insert into line_notice (line_id, notice_id)
        select d.line_id, d.new_id from decided d where d.line_id is not null and d.fate = 'apply'
    ),
    case_closed as (
        update reconciliation_case c set state = 'closed', ended_at = p_now, ended_by = 'system', action = 'callback_came'
        from decided d
        where d.line_id is not null and d.fate = 'apply' and c.id = d.case_id and c.state = 'open'
            and d.line_rest = d.amount
    ),
    requests as materialized (
        select d.request_id, sum(d.amount) as received, bool_or(d.completes) as completed,
            max(d.moved_at) filter (where d.completes) as paid_at,
            max(d.moved_on) filter (where d.completes) as paid_on,
            bool_or(d.amount_received > 0) as was_partial
        from decided d where d.fate = 'apply' group by d.request_id
    ),
    updated as (
        update payment_request pr set
            amount_received = pr.amount_received + r.received,
            status = case when r.completed then 'paid' else pr.status end,
            paid_at = case when r.completed then r.paid_at else pr.paid_at end,
            paid_on = case when r.completed then r.paid_on else pr.paid_on end
        from requests r where pr.id = r.request_id
    ),
    opened as (
        insert into reconciliation_case (kind, subject, account_number, agency_code, payment_request_id, notice_id, amount,
            evidence)
        select
            case d.verdict when 'partial' then 'underpaid' else d.verdict end,
            case d.verdict when 'partial' then 'request:' || d.request_id
                when 'conflict' then 'transaction:' || d.connection || ':' || d.transaction || ':' || encode(d.hash, 'hex')
                else 'notice:' || d.new_id end,
            d.account, d.agency_code, d.request_id, coalesce(d.new_id, d.known_id),
            case d.verdict when 'partial' then d.amount_due - d.received_before - d.amount
                when 'overpaid' then d.amount - d.applied else d.amount end,
            jsonb_strip_nulls(jsonb_build_object('transaction_id', d.transaction, 'memo', d.memo,
                'body', case when d.verdict = 'conflict' then d.body end))
        from decided d left join requests r on r.request_id = d.request_id
        where d.verdict in ('overpaid', 'late', 'unknown_reference', 'conflict')
            or (d.verdict = 'partial' and not coalesce(r.completed, false))
        order by d.n
        on conflict on constraint reconciliation_case_kind_subject_key do nothing
    ),
    closed as (
        update reconciliation_case c set state = 'closed', ended_at = p_now, ended_by = 'system', action = 'paid_in_full'
        from requests r
        where r.completed and r.was_partial and c.kind = 'underpaid' and c.subject = 'request:' || r.request_id
            and c.state = 'open'
    )
    select d.n, d.verdict, coalesce(d.request_id, d.known_request), coalesce(d.new_id, d.known_id)
    from decided d order by d.n;
end $$;
comment on function settle_notices is 'The one door through which money enters the books.';
