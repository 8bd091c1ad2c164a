-- Why: gives every line of an account through a day its outcome, where it has none yet, and marks the payments that the
-- bank should have shown and did not. Everything is one transaction; run again, it finds nothing left to do.
-- Reads: statement, statement_line, line_outcome, line_notice, bank_notice, unproved_notice, payment_request,
-- connection, reconciliation_state, reconciliation_case
-- Writes: line_outcome, line_notice, ledger_transfer, reconciliation_case, unproved_notice, reconciliation_state,
-- reconciliation_run; what settle_notices and book_opening write; temporary tables of its own
-- Locks: the statement lock and the reconcile lock of the account from the beginning; its settle lock, exclusively,
-- once exact matches are found
create or replace function reconcile_account(
    p_run bigint,
    p_account text,
    p_through date,
    p_by text,
    p_now timestamptz,
    p_grace interval
) returns jsonb language plpgsql
set work_mem = '128MB'
set jit = off
-- A day's lines on top of years of them want other plans than a first million.
set plan_cache_mode = force_custom_plan
-- Sorting a million lines costs more than hashing them, which statistics of a just filled table do not tell.
set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
    v_bank integer := ledger_account_of('bank', p_account);
    v_suspense integer := ledger_account_of('suspense', p_account);
    v_state reconciliation_state;
    v_last_line bigint;
    v_last_notice bigint;
    v_cases bigint;
    v_place bigint;
    v_recent record;
    v_matched bigint;
    v_late bigint;
    v_missing bigint;
    v_counts jsonb;
begin
    -- No statement of the account is being imported meanwhile, so that lines come after those seen here; and one run of an
    -- account at a time: the second waits and then finds nothing to do.
    perform pg_advisory_xact_lock(hashtextextended('statement:' || p_account, 0));
    perform pg_advisory_xact_lock(hashtextextended('reconcile:' || p_account, 0));
    select coalesce(max(id), 0) into v_cases from reconciliation_case;
    select * into v_state from reconciliation_state where account_number = p_account;
    v_state.through := coalesce(v_state.through, '-infinity'::date);
    v_state.line_id := coalesce(v_state.line_id, 0);
    v_state.notice_id := coalesce(v_state.notice_id, 0);
    select coalesce(max(id), 0) into v_last_line from statement_line;
    select coalesce(max(id), 0) into v_last_notice from bank_notice;

    perform book_opening(p_account, p_now);

    -- The lines and the notices that the passes look at, and what the passes have found.
    create temporary table if not exists open_line (
        line_id bigint primary key, nth bigint not null, nth_alike bigint not null, transaction_id text collate "C",
        amount bigint not null, booked_at timestamptz not null, booked_on date not null
    ) on commit drop;
    create temporary table if not exists open_notice (
        notice_id bigint primary key, request_id uuid, connection_id integer, bank_reference text collate "C",
        amount bigint not null, booked_on date not null, is_missing boolean not null
    ) on commit drop;
    create temporary table if not exists found_line (
        line_id bigint primary key, outcome text not null, pass text not null, notice_id bigint, request_id uuid,
        suspense_amount bigint not null default 0
    ) on commit drop;
    truncate open_line, open_notice, found_line;

    -- Pass `transaction_id`: the bank's own id and the amount of a notice. Most lines end here; what is left over on either
    -- side is open. What is new is read by its ids and joined whole; what else there is, it may be years, is looked up.
    perform set_config('enable_nestloop', 'off', true);
    with nothing_yet as materialized (
        -- Whether nothing that came since the last run has been dealt with already, as is usual: then none is looked up.
        select 'line' as what, not exists (select 1 from line_outcome where line_id > v_state.line_id) as none
        union all
        select 'notice', not exists (select 1 from line_outcome where notice_id >= v_state.notice_id
                and outcome in ('matched', 'recovered', 'amount_mismatch'))
            and not exists (select 1 from line_notice where notice_id >= v_state.notice_id)
            and not exists (select 1 from unproved_notice where notice_id >= v_state.notice_id)
    ),
    line as (
        select l.id, l.transaction_id, l.amount, l.booked_at from statement_line l
        where l.account_number = p_account and l.booked_on <= p_through and l.id > v_state.line_id
            and ((select none from nothing_yet where what = 'line')
                or (select o.line_id from line_outcome o where o.line_id = l.id) is null)
        union all
        select l.id, l.transaction_id, l.amount, l.booked_at from statement_line l
        where l.account_number = p_account and l.booked_on <= p_through and l.booked_on > v_state.through
            and l.id <= v_state.line_id and (select o.line_id from line_outcome o where o.line_id = l.id) is null
    ),
    notice as (
        select b.id, b.bank_reference, b.amount, b.payment_request_id, false as is_missing
        from (select * from bank_notice where id >= v_state.notice_id offset 0) b
        where b.account_number = p_account and b.source = 'callback' and b.applied_amount + b.suspense_amount > 0
            and ((select none from nothing_yet where what = 'notice')
                or (select o.line_id from line_outcome o where o.notice_id = b.id
                    and o.outcome in ('matched', 'recovered', 'amount_mismatch')) is null
                and (select n.line_id from line_notice n where n.notice_id = b.id) is null
                and (select u.notice_id from unproved_notice u where u.notice_id = b.id) is null)
        union all
        select b.id, b.bank_reference, b.amount, b.payment_request_id, u.is_missing
        from unproved_notice u cross join lateral (select * from bank_notice where id = u.notice_id limit 1) b
        where u.account_number = p_account
    ),
    -- Lines that bear the id and the amount of an earlier one, `nth` above 1, are not money a second time.
    pair as materialized (
        select l.id as line_id, n.id as notice_id, n.payment_request_id, n.is_missing,
            row_number() over (partition by n.id order by l.booked_at, l.id) as nth
        from line l full join notice n on n.bank_reference = l.transaction_id and n.amount = l.amount
    ),
    kept_line as (
        insert into open_line
        select l.id, row_number() over (order by l.booked_at, l.transaction_id, l.memo, l.id),
            row_number() over (partition by l.transaction_id, l.amount order by l.booked_at, l.id),
            nullif(l.transaction_id, ''), l.amount, l.booked_at, l.booked_on
        from pair p cross join lateral (select * from statement_line where id = p.line_id limit 1) l
        where p.line_id is not null and (p.notice_id is null or p.nth > 1)
    ),
    kept_notice as (
        insert into open_notice
        select b.id, b.payment_request_id, b.connection_id, b.bank_reference, b.amount, b.booked_on, p.is_missing
        from pair p cross join lateral (select * from bank_notice where id = p.notice_id limit 1) b
        where p.line_id is null
    )
    insert into line_outcome (line_id, run_id, outcome, pass, notice_id, payment_request_id)
    select line_id, p_run, 'matched', 'transaction_id', notice_id, payment_request_id from pair
    where line_id is not null and notice_id is not null and nth = 1;
    get diagnostics v_matched = row_count;
    perform set_config('enable_nestloop', 'on', true);
    analyze open_line, open_notice;

    -- From here on lines without a notice are money that nobody has told of. A callback under way would not see that, and would
    -- not be seen: no notice of the account is settled until this is committed, and what was settled since the notices were read
    -- is looked at now. Settlements may have held lower ids than the last one seen: what came within minutes is read again.
    perform pg_advisory_xact_lock(hashtextextended('settle:' || p_account, 0));
    for v_recent in
        select id, received_at from bank_notice where id > v_state.notice_id and id <= v_last_notice order by id desc
    loop
        exit when v_recent.received_at < p_now - interval '10 minutes';
        v_last_notice := v_recent.id;
    end loop;
    with late as materialized (
        select b.id, b.payment_request_id, b.connection_id, b.bank_reference, b.amount, b.booked_on
        from (select * from bank_notice where id >= v_last_notice offset 0) b
        where b.account_number = p_account and b.source = 'callback' and b.applied_amount + b.suspense_amount > 0
            and (select o.line_id from line_outcome o where o.notice_id = b.id
                and o.outcome in ('matched', 'recovered', 'amount_mismatch')) is null
            and (select n.line_id from line_notice n where n.notice_id = b.id) is null
            and (select n.notice_id from open_notice n where n.notice_id = b.id) is null
    ),
    pair as materialized (
        select l.line_id, n.id as notice_id, n.payment_request_id
        from late n join open_line l on l.transaction_id = n.bank_reference and l.amount = n.amount and l.nth_alike = 1
    ),
    kept as (
        insert into open_notice
        select id, payment_request_id, connection_id, bank_reference, amount, booked_on, false
        from late where id not in (select notice_id from pair)
    )
    insert into found_line (line_id, outcome, pass, notice_id, request_id)
    select line_id, 'matched', 'transaction_id', notice_id, payment_request_id from pair;
    get diagnostics v_late = row_count;
    v_matched := v_matched + v_late;
    delete from open_line l using found_line f where f.line_id = l.line_id;

    -- Pass `repetition`: the same transaction id and amount again, here or in an earlier run; nothing is posted. The earlier
    -- line proved a notice by them, or is among those that none explained. Each is looked up, and never in the order of ids in
    -- the hope to meet it soon: there may be years of them.
    perform set_config('enable_seqscan', 'off', true);
    insert into found_line (line_id, outcome, pass, request_id)
    select l.line_id, 'duplicate_line', 'repetition', told.payment_request_id
    from open_line l
        left join lateral (
            select b.id, b.payment_request_id from bank_notice b
            where b.account_number = p_account and b.bank_reference = l.transaction_id and b.amount = l.amount
                and b.applied_amount + b.suspense_amount > 0
            limit 1) told on true
    where l.transaction_id is not null and l.amount > 0 and (
        l.nth_alike > 1
        or (select true from line_outcome o where o.notice_id = told.id and o.outcome = 'matched'
            and o.pass = 'transaction_id' limit 1)
        or (select true from line_outcome o join statement_line e on e.id = o.line_id
            where o.transaction_id = l.transaction_id and e.account_number = p_account and e.amount = l.amount limit 1));
    perform set_config('enable_seqscan', 'on', true);
    delete from open_line l using found_line f where f.line_id = l.line_id;

    -- Pass `other_amount`: the bank's own id of a notice of another amount. The difference goes to or from suspense.
    insert into found_line
    select line_id, 'amount_mismatch', 'other_amount', notice_id, request_id, amount - notice_amount
    from (
        select l.line_id, l.amount, n.notice_id, n.amount as notice_amount, n.request_id,
            row_number() over (partition by n.notice_id order by l.nth) as nth_for_notice,
            row_number() over (partition by l.line_id order by n.notice_id) as nth_for_line
        from open_line l join open_notice n on n.bank_reference = l.transaction_id
        where l.amount > 0
    ) pair
    where nth_for_notice = 1 and nth_for_line = 1;
    delete from open_line l using found_line f where f.line_id = l.line_id;
    delete from open_notice n using found_line f where f.notice_id = n.notice_id;
    -- The same of a notice that another line has proved: none of the money is booked yet.
    perform set_config('enable_seqscan', 'off', true);
    insert into found_line (line_id, outcome, pass, request_id, suspense_amount)
    select l.line_id, 'amount_mismatch', 'other_amount', told.payment_request_id, l.amount
    from open_line l cross join lateral (
        select (array_agg(b.payment_request_id order by b.id))[1] as payment_request_id from bank_notice b
        where b.account_number = p_account and b.bank_reference = l.transaction_id
            and b.applied_amount + b.suspense_amount > 0 and b.source = 'callback'
        having count(*) > 0) told
    where l.amount > 0;
    delete from open_line l using found_line f where f.line_id = l.line_id;
    perform set_config('enable_seqscan', 'on', true);

    -- What the references of the lines that are left name, in their order.
    create temporary table if not exists line_reference (
        line_id bigint, place bigint, request_id uuid, reference text collate "C", primary key (line_id, place)
    ) on commit drop;
    truncate line_reference;
    insert into line_reference
    select l.line_id, row_number() over (partition by l.line_id order by c.place), pr.id, pr.reference
    from open_line l join statement_line s on s.id = l.line_id
        cross join lateral unnest(s.reference_candidates) with ordinality as c (reference, place)
        join payment_request pr on pr.reference = c.reference
    where l.amount > 0;
    create index if not exists line_reference_request_idx on line_reference (request_id);
    analyze line_reference;

    -- Pass `reference`: a reference, with the amount of a notice of that request that no line has proved yet; first come,
    -- first matched on both sides. Lines with several references are tried by each of them in turn.
    for v_place in select distinct place from line_reference order by place loop
        with line as (
            select l.line_id, r.request_id, l.amount,
                row_number() over (partition by r.request_id, l.amount order by l.nth) as nth
            from open_line l join line_reference r on r.line_id = l.line_id and r.place = v_place
        ),
        notice as (
            select notice_id, request_id, amount,
                row_number() over (partition by request_id, amount order by notice_id) as nth
            from open_notice
        )
        insert into found_line (line_id, outcome, pass, notice_id, request_id)
        select l.line_id, 'matched', 'reference', n.notice_id, l.request_id
        from line l join notice n using (request_id, amount, nth);
        delete from open_line l using found_line f where f.line_id = l.line_id;
        delete from open_notice n using found_line f where f.notice_id = n.notice_id;
    end loop;

    -- What requests that are named still wait for.
    create temporary table if not exists waiting_request (
        request_id uuid primary key, due bigint not null, latest timestamptz not null
    ) on commit drop;
    truncate waiting_request;
    insert into waiting_request
    select pr.id, pr.amount_due - pr.amount_received, pr.expires_at + p_grace
    from payment_request pr
    where pr.id in (select r.request_id from line_reference r join open_line l using (line_id))
        and pr.status in ('pending', 'expired') and pr.amount_due > pr.amount_received;

    -- What is settled from lines: the callback was lost. One row a line and request.
    create temporary table if not exists recovery (
        n integer, line_id bigint, request_id uuid, amount bigint, pass text, notice_id bigint
    ) on commit drop;
    truncate recovery;
    -- Pass `recovery`: exactly what a request still waits for.
    insert into recovery (line_id, request_id, amount, pass)
    select distinct on (request_id) line_id, request_id, amount, 'recovery' from (
        select distinct on (l.line_id) l.line_id, l.nth, r.request_id, l.amount
        from open_line l join line_reference r using (line_id) join waiting_request w using (request_id)
        where l.amount = w.due and l.booked_at <= w.latest
        order by l.line_id, r.place
    ) first_request order by request_id, nth;
    -- Pass `several_requests`: one transfer that names several requests and brings what all of them wait for.
    insert into recovery (line_id, request_id, amount, pass)
    select t.line_id, r.request_id, w.due, 'several_requests'
    from (
        select l.line_id from open_line l join line_reference r using (line_id) join waiting_request w using (request_id)
        where not exists (select 1 from recovery x where x.line_id = l.line_id or x.request_id = r.request_id)
        group by l.line_id, l.amount, l.booked_at
        having count(*) > 1 and sum(w.due) = l.amount and bool_and(l.booked_at <= w.latest)
            and count(*) = (select count(*) from line_reference a where a.line_id = l.line_id)
    ) t join line_reference r using (line_id) join waiting_request w using (request_id);
    -- Two such transfers that name one request: the first has it.
    delete from recovery x using open_line xl
    where x.pass = 'several_requests' and xl.line_id = x.line_id and exists (
        select 1 from recovery e join open_line el on el.line_id = e.line_id
        where e.pass = 'several_requests' and el.nth < xl.nth
            and e.request_id in (select y.request_id from recovery y where y.line_id = x.line_id));
    -- Pass `several_transfers`: several transfers that together bring what one request waits for.
    insert into recovery (line_id, request_id, amount, pass)
    select l.line_id, t.request_id, l.amount, 'several_transfers'
    from (
        select r.request_id from open_line l join line_reference r on r.line_id = l.line_id and r.place = 1
            join waiting_request w using (request_id)
        where not exists (select 1 from recovery x where x.line_id = l.line_id or x.request_id = r.request_id)
        group by r.request_id, w.due having count(*) > 1 and sum(l.amount) = w.due and bool_and(l.booked_at <= w.latest)
    ) t join line_reference r on r.request_id = t.request_id and r.place = 1 join open_line l on l.line_id = r.line_id;
    update recovery x set n = o.n from (
        select r.line_id, r.request_id, row_number() over (order by l.nth, r.request_id) as n
        from recovery r join open_line l using (line_id)) o
    where o.line_id = x.line_id and o.request_id = x.request_id;

    with settled as (
        select s.ordinal, s.notice_id, s.outcome
        from (
            select array_agg('statement'::text order by r.n) as source, array_agg(null::integer) as none,
                array_agg(r.key order by r.n) as transaction,
                array_agg(sha256(convert_to(r.key, 'UTF8')) order by r.n) as hash,
                array_agg(true) as yes, array_agg(r.amount order by r.n) as amount, array_agg(p_account) as account,
                array_agg(case when r.pass = 'several_requests' then r.key else coalesce(l.transaction_id, r.key) end
                    order by r.n) as bank_reference,
                array_agg(pr.reference order by r.n) as refs, array_agg(l.booked_at order by r.n) as occurred_at,
                array_agg(sl.memo order by r.n) as memo, array_agg(null::text) as nothing,
                array_agg(v_bank) as bank, array_agg(v_suspense) as suspense
            from (select x.*, 'line:' || x.line_id || case when x.pass = 'several_requests'
                    then ':' || x.request_id else '' end as key from recovery x) r
                join open_line l using (line_id) join statement_line sl on sl.id = r.line_id
                join payment_request pr on pr.id = r.request_id
            having count(*) > 0
        ) a
        cross join lateral settle_notices(a.source, a.none, a.transaction, a.hash, a.yes, a.amount, a.account,
            a.bank_reference, a.refs, a.occurred_at, a.memo, a.nothing, a.nothing, a.bank, a.suspense, a.yes, p_now,
            p_grace) s
    )
    update recovery r set notice_id = s.notice_id from settled s
    where s.ordinal = r.n and s.outcome in ('settled', 'partial');
    insert into found_line (line_id, outcome, pass, notice_id, request_id)
    select r.line_id, 'recovered', min(r.pass), case when min(r.pass) <> 'several_requests' then min(r.notice_id) end,
        (array_agg(r.request_id order by f.place))[1]
    from recovery r join line_reference f on f.line_id = r.line_id and f.request_id = r.request_id
    group by r.line_id having bool_and(r.notice_id is not null);
    insert into line_notice (line_id, notice_id)
    select r.line_id, r.notice_id from recovery r
    where r.pass = 'several_requests' and r.notice_id is not null;
    delete from open_line l using found_line f where f.line_id = l.line_id;

    -- Pass `payout`: a gateway's transfers of one day in one line, less a commission within what was agreed. Only where one
    -- line alone and one day alone fit each other.
    if exists (select 1 from connection c where c.account_number = p_account and c.commission_percent is not null) then
        create temporary table if not exists payout (
            connection_id integer, day date, total bigint, line_id bigint, amount bigint
        ) on commit drop;
        truncate payout;
        insert into payout
        with due as (
            select n.connection_id, n.booked_on as day, sum(n.amount)::bigint as total, c.commission_percent
            from open_notice n join connection c on c.id = n.connection_id
            where c.account_number = p_account and c.commission_percent is not null
                and n.booked_on > p_through - 60 and n.booked_on <= p_through
            group by 1, 2, 4
        ), fit as (
            select d.*, l.line_id, l.amount, count(*) over (partition by l.line_id) as days,
                count(*) over (partition by d.connection_id, d.day) as lines
            from due d join open_line l on l.amount <= d.total
                and l.amount >= d.total - floor(d.total * d.commission_percent / 100)
                and l.booked_on between d.day and d.day + 10
            where not exists (select 1 from line_reference r where r.line_id = l.line_id)
        )
        select connection_id, day, total, line_id, amount from fit where days = 1 and lines = 1;
        with proved as (
            delete from open_notice n using payout p where n.connection_id = p.connection_id and n.booked_on = p.day
            returning p.line_id, n.notice_id
        )
        insert into line_notice (line_id, notice_id) select line_id, notice_id from proved order by notice_id;
        insert into found_line (line_id, outcome, pass) select line_id, 'grouped', 'payout' from payout;
        insert into ledger_transfer (debit_account, credit_account, amount, kind, statement_line_id, booked_on, recorded_at)
        select ledger_account_of('commission', p_account), v_bank, p.total - p.amount, 'commission', p.line_id, l.booked_on,
            p_now
        from payout p join open_line l using (line_id) where p.total > p.amount order by p.line_id;
        delete from open_line l using found_line f where f.line_id = l.line_id;
    end if;

    -- Pass `known_request`: what is left with a known reference: the whole amount once more of a request that is fully
    -- received, else another amount than anything expected.
    insert into found_line (line_id, outcome, pass, request_id, suspense_amount)
    select l.line_id,
        case when pr.amount_received >= pr.amount_due and l.amount = pr.amount_due then 'duplicate_line'
            else 'amount_mismatch' end,
        'known_request', pr.id, l.amount
    from open_line l join line_reference r on r.line_id = l.line_id and r.place = 1
        join payment_request pr on pr.id = r.request_id;
    delete from open_line l using found_line f where f.line_id = l.line_id;

    -- The remainder belongs nowhere yet; a debit that no refund explains is taken out of suspense.
    insert into found_line (line_id, outcome, pass, suspense_amount)
    select l.line_id, 'unmatched', 'remainder', l.amount from open_line l;

    -- Every outcome that found money not yet booked books it to suspense, so that books and bank agree; what a person must
    -- look at becomes a case.
    with decided as materialized (
        select f.*, l.transaction_id, l.amount, l.booked_at, l.booked_on, l.memo, l.counterparty_name
        from found_line f join statement_line l on l.id = f.line_id order by f.line_id
    ),
    classified as (
        insert into line_outcome (line_id, run_id, outcome, pass, notice_id, payment_request_id, suspense_amount,
            transaction_id)
        select line_id, p_run, outcome, pass, notice_id, request_id, suspense_amount, nullif(transaction_id, '')
        from decided
    ),
    booked as (
        insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id, notice_id,
            statement_line_id, booked_on, recorded_at)
        select case when suspense_amount > 0 then v_bank else v_suspense end,
            case when suspense_amount > 0 then v_suspense else v_bank end,
            abs(suspense_amount), 'statement_' || outcome, request_id, notice_id, line_id, booked_on, p_now
        from decided where suspense_amount <> 0
    )
    insert into reconciliation_case (kind, subject, account_number, agency_code, payment_request_id, notice_id,
        statement_line_id, amount, evidence)
    select d.outcome, 'line:' || d.line_id, p_account, pr.agency_code, d.request_id, d.notice_id, d.line_id,
        case when d.outcome = 'amount_mismatch' and d.notice_id is not null then d.suspense_amount else d.amount end,
        jsonb_strip_nulls(jsonb_build_object('transaction_id', d.transaction_id, 'memo', d.memo,
            'counterparty_name', d.counterparty_name, 'booked_at', d.booked_at, 'line_amount', d.amount, 'pass', d.pass))
    from decided d left join payment_request pr on pr.id = d.request_id
    where d.outcome in ('amount_mismatch', 'duplicate_line', 'unmatched')
    order by d.line_id
    on conflict on constraint reconciliation_case_kind_subject_key do nothing;

    -- A payment that the bank had not shown closes its case when its line comes.
    update reconciliation_case c set state = 'closed', ended_at = p_now, ended_by = 'system', action = 'line_came'
    from unproved_notice u
    where u.account_number = p_account and u.is_missing
        and not exists (select 1 from open_notice n where n.notice_id = u.notice_id)
        and c.kind = 'missing_at_bank' and c.subject = 'notice:' || u.notice_id and c.state = 'open';

    -- A payment whose cut-off has passed should have been shown.
    create temporary table if not exists due_notice (notice_id bigint primary key) on commit drop;
    truncate due_notice;
    insert into due_notice
    select n.notice_id from open_notice n join (
            select day, cut_off(p_account, day) as cut_off
            from (select distinct booked_on as day from open_notice where not is_missing and booked_on <= p_through
                offset 0) d
        ) due on due.day = n.booked_on
    where not n.is_missing and due.cut_off <= p_through;
    insert into reconciliation_case (kind, subject, account_number, agency_code, payment_request_id, notice_id, amount,
        evidence)
    select 'missing_at_bank', 'notice:' || b.id, p_account, pr.agency_code, b.payment_request_id, b.id, b.amount,
        jsonb_strip_nulls(jsonb_build_object('transaction_id', b.provider_transaction_id, 'occurred_at', b.occurred_at))
    from due_notice d join bank_notice b on b.id = d.notice_id left join payment_request pr on pr.id = b.payment_request_id
    order by b.id
    on conflict on constraint reconciliation_case_kind_subject_key do nothing;
    get diagnostics v_missing = row_count;

    delete from unproved_notice u
    where u.account_number = p_account and not exists (select 1 from open_notice n where n.notice_id = u.notice_id);
    insert into unproved_notice as u (notice_id, account_number, is_missing)
    select n.notice_id, p_account, n.is_missing or exists (select 1 from due_notice d where d.notice_id = n.notice_id)
    from open_notice n order by n.notice_id
    on conflict (notice_id) do update set is_missing = excluded.is_missing where u.is_missing <> excluded.is_missing;

    -- A run through an earlier day than one before it changes nothing of what is known to be done.
    insert into reconciliation_state as s (account_number, through, line_id, notice_id)
    values (p_account, p_through, v_last_line, v_last_notice)
    on conflict (account_number) do update set through = excluded.through, line_id = excluded.line_id,
        notice_id = excluded.notice_id
    where excluded.through >= s.through;

    select jsonb_build_object(
        'matched', v_matched + count(*) filter (where outcome = 'matched'),
        'recovered', count(*) filter (where outcome = 'recovered'),
        'grouped', count(*) filter (where outcome = 'grouped'),
        'amount_mismatch', count(*) filter (where outcome = 'amount_mismatch'),
        'duplicate_line', count(*) filter (where outcome = 'duplicate_line'),
        'unmatched', count(*) filter (where outcome = 'unmatched'),
        'missing_at_bank', v_missing,
        'cases_opened', (select count(*) from reconciliation_case where id > v_cases and account_number = p_account))
    into v_counts
    from line_outcome where run_id = p_run and pass <> 'transaction_id';
    update reconciliation_run set finished_at = clock_timestamp(), counts = v_counts where id = p_run;
    return v_counts;
end $$;
comment on function reconcile_account is 'Classifies the lines of an account; see docs/money-rules.md.';
