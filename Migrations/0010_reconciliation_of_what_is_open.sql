-- Why: a million lines are classified in a third of the time, and a day's lines however many came before them. Exact matches,
-- nearly all of a statement, pass through one join; what is left stands in two small tables, open lines and open notices, and
-- the passes look at nothing else. The index by the bank's id is kept for what no notice explained, not for every line.
-- Locks: statement_line, line_outcome, bank_notice and payment_request exclusively while indexes are built anew: seconds for a
-- million rows. Stop the service before.

-- Codes and ids are compared byte by byte, whatever the order of the database's language.
alter table statement_line alter column transaction_id type text collate "C";
alter table bank_notice alter column bank_reference type text collate "C",
    alter column provider_transaction_id type text collate "C";
alter table payment_request alter column reference type text collate "C";
alter table reconciliation_case alter column subject type text collate "C";

-- Lines come in the order of their days, near enough: a range of pages holds few of them.
drop index statement_line_account_day_idx;
create index statement_line_day_idx on statement_line using brin (booked_on)
    with (pages_per_range = 32, autosummarize = on);

-- The bank's id of a line that was not matched by it. One that was is found by its notice.
alter table line_outcome add column transaction_id text collate "C";
alter table line_outcome disable trigger line_outcome_append_only;
update line_outcome o set transaction_id = l.transaction_id from statement_line l
where l.id = o.line_id and o.pass <> 'transaction_id' and l.transaction_id <> '';
alter table line_outcome enable trigger line_outcome_append_only;
create index line_outcome_transaction_idx on line_outcome (transaction_id) where transaction_id is not null;
drop index statement_line_transaction_idx;

-- What a few thousand rows name is looked up, not joined with years of rows: a statement's new rows have no statistics.
alter function line_named() set enable_hashjoin = off;
alter function line_named() set enable_mergejoin = off;
alter function reconciliation_case_added() set enable_hashjoin = off;
alter function reconciliation_case_added() set enable_mergejoin = off;

-- An account's opening balance is booked once: looked for in every run, among years of transfers.
create index ledger_transfer_opening_idx on ledger_transfer (debit_account) where kind = 'opening';

-- Notices up to reconciliation_state.notice_id that no line has proved. `is_missing`: their cut-off has passed, and they have
-- their case.
create table unproved_notice (
    notice_id bigint primary key,
    account_number text not null,
    is_missing boolean not null
);
create index unproved_notice_account_idx on unproved_notice (account_number);
-- The callbacks that brought money which no line has proved, whenever they came.
create view awaited_notice as
select b.id, b.account_number, b.payment_request_id, b.amount, b.booked_on, b.occurred_at from bank_notice b
where b.source = 'callback' and b.applied_amount + b.suspense_amount > 0
    and not exists (select 1 from line_outcome o where o.notice_id = b.id
        and o.outcome in ('matched', 'recovered', 'amount_mismatch'))
    and not exists (select 1 from line_notice n where n.notice_id = b.id);

insert into unproved_notice
select a.id, a.account_number, exists (
        select 1 from reconciliation_case c where c.kind = 'missing_at_bank' and c.subject = 'notice:' || a.id)
from awaited_notice a join reconciliation_state s on s.account_number = a.account_number and a.id <= s.notice_id;

-- A line that brought a transfer before its callback did, and is booked already: to suspense, or to the several requests it
-- paid. `rest` is what is left of it in suspense.
create function line_awaiting_callback(p_account text, p_transaction text, p_amount bigint)
returns table (line_id bigint, case_id bigint, rest bigint)
language sql stable as $$
    select l.id, c.id, case when c.id is not null then l.amount - coalesce(m.used, 0) end
    -- Fenced: to meet "the first by id" soon, a plan may read lines by their ids, which are all of them where none fits.
    from (select * from line_outcome where transaction_id = p_transaction offset 0) o
        join statement_line l on l.id = o.line_id
        left join reconciliation_case c on c.subject = 'line:' || l.id and c.kind = o.outcome
        left join case_money m on m.case_id = c.id
    where l.account_number = p_account and l.amount = p_amount
        and (o.suspense_amount = l.amount or o.pass = 'several_requests')
        and (o.pass = 'several_requests' or not exists (select 1 from line_notice n where n.line_id = l.id))
    order by l.id limit 1
$$;

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
-- database: a plan that reads a table once and joins it looks cheap while the table is empty, and is kept when it is not.
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

-- What an account held before the first line there is, and on which day: by its earliest statement that tells a balance.
create function account_opening(p_account text) returns table (amount bigint, day date) language plpgsql stable as $$
declare
    v_anchor statement;
    v_first date := (select min(first_day) from statement where account_number = p_account);
begin
    select * into v_anchor from statement
    where account_number = p_account and opening_balance is not null and first_day is not null
    order by first_day, id limit 1;
    if v_anchor.id is null then
        return;
    end if;
    amount := v_anchor.opening_balance;
    day := v_anchor.first_day;
    -- Statements before it told no balance, but lines.
    if v_first < day then
        day := v_first;
        amount := amount - coalesce((
            select sum(l.amount) from statement_line l
            where l.account_number = p_account and l.booked_on >= v_first and l.booked_on < v_anchor.first_day), 0);
    end if;
    return next;
end $$;

-- Books what an account held before its first line, so that books and bank start level. Where an earlier statement has come
-- since, what was booked is taken back on its day.
create function book_opening(p_account text, p_now timestamptz) returns void language plpgsql as $$
declare
    v_bank integer := ledger_account_of('bank', p_account);
    v_opening integer := ledger_account_of('opening', p_account);
    v_want record;
begin
    select * into v_want from account_opening(p_account);
    insert into ledger_transfer (debit_account, credit_account, amount, kind, booked_on, recorded_at)
    select case when change > 0 then v_bank else v_opening end, case when change > 0 then v_opening else v_bank end,
        abs(change), 'opening', booked_on, p_now
    from (
        select booked_on, sum(part)::bigint as change from (
            select v_want.day as booked_on, v_want.amount as part where v_want.amount is not null
            union all
            select t.booked_on, case when t.debit_account = v_bank then -t.amount else t.amount end
            from ledger_transfer t
            where t.kind = 'opening' and v_opening in (t.debit_account, t.credit_account) and v_want.amount is not null
        ) parts group by booked_on
    ) changes
    where change <> 0 order by booked_on;
end $$;

-- What a statement's opening balance is more than the statements before it lead to; 0 where they meet.
alter table statement add column gap bigint not null default 0;
update statement s set gap = c.amount from reconciliation_case c
where c.kind = 'statement_gap' and c.subject = 'statement:' || s.id and c.state = 'open';

-- Judges how a new statement, and those after it, follow from the ones before, and opens and closes cases accordingly.
-- Statements may come in any order, overlap, and lack balances.
create function judge_statement_gaps(p_statement bigint, p_now timestamptz) returns void language plpgsql as $$
declare
    v_new statement;
    v_until date;
    v_next statement;
    v_before record;
    v_expected bigint;
    v_gap bigint;
begin
    select * into strict v_new from statement where id = p_statement;
    v_until := (select min(first_day) from statement
        where account_number = v_new.account_number and first_day > v_new.last_day);
    for v_next in
        select * from statement
        where account_number = v_new.account_number and opening_balance is not null
            and first_day between v_new.first_day and coalesce(v_until, v_new.last_day)
        order by first_day, id
    loop
        v_gap := null;
        -- A part of a day follows from another part of it; or is told a second time.
        if exists (
            select 1 from statement a
            where a.account_number = v_next.account_number and a.id <> v_next.id
                and (a.last_day = v_next.first_day and a.closing_balance = v_next.opening_balance
                    or a.first_day = v_next.first_day and a.opening_balance = v_next.opening_balance and a.id < v_next.id))
            or exists (
                select 1 from statement_line l
                where l.account_number = v_next.account_number and l.booked_on = v_next.first_day
                    and l.statement_id <> v_next.id and l.balance = v_next.opening_balance)
        then
            v_gap := 0;
        end if;
        -- What the one before it leads to: a part of the same day; the statement that ended before; one that overlaps.
        for v_before in
            (select 1 as rule, closing_balance as balance, first_day, last_day from statement
                where account_number = v_next.account_number and last_day = v_next.first_day
                    and closing_balance is not null and (first_day < v_next.first_day or id < v_next.id)
                order by id desc limit 1)
            union all
            (select 2, closing_balance, last_day + 1, last_day from statement
                where account_number = v_next.account_number and last_day < v_next.first_day
                    and closing_balance is not null
                order by last_day desc, id desc limit 1)
            union all
            (select 3, opening_balance, first_day, last_day from statement
                where account_number = v_next.account_number and first_day < v_next.first_day
                    and last_day >= v_next.first_day and opening_balance is not null
                order by first_day desc, id desc limit 1)
            order by rule
        loop
            exit when v_gap = 0;
            v_expected := v_before.balance + case when v_before.rule = 1 then 0 else coalesce((
                select sum(l.amount) from statement_line l
                where l.account_number = v_next.account_number and l.booked_on < v_next.first_day
                    and l.booked_on >= v_before.first_day), 0) end;
            v_gap := case when v_next.opening_balance = v_expected then 0
                else coalesce(v_gap, v_next.opening_balance - v_expected) end;
        end loop;
        v_gap := coalesce(v_gap, 0);
        update statement set gap = v_gap where id = v_next.id and gap <> v_gap;
        if v_gap <> 0 then
            insert into reconciliation_case as c (kind, subject, account_number, amount, evidence)
            values ('statement_gap', 'statement:' || v_next.id, v_next.account_number, v_gap, jsonb_build_object(
                'opening_balance', v_next.opening_balance, 'previous_closing_balance', v_next.opening_balance - v_gap))
            on conflict on constraint reconciliation_case_kind_subject_key do update
                set amount = excluded.amount, evidence = excluded.evidence where c.amount <> excluded.amount;
        else
            update reconciliation_case set state = 'closed', ended_at = p_now, ended_by = 'system', action = 'statement_came'
            where kind = 'statement_gap' and subject = 'statement:' || v_next.id and state = 'open';
        end if;
    end loop;
end $$;

-- Gives every line of an account through a day its outcome, where it has none yet, and marks the payments that the bank
-- should have shown and did not. Everything is one transaction; run again, it finds nothing left to do.
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

-- What was booked for a notice.
create index ledger_transfer_notice_idx on ledger_transfer (notice_id) where notice_id is not null;
create index line_outcome_repetition_idx on line_outcome (line_id) where pass = 'repetition';

-- What explains the difference between the books and the bank at the end of a day, one row an item; the amount is what the
-- books have more. Only what is open, or happened after the day on either side, can differ.
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
    select * into v_state from reconciliation_state where account_number = p_account;
    v_state.through := coalesce(v_state.through, '-infinity'::date);
    v_state.line_id := coalesce(v_state.line_id, 0);
    v_state.notice_id := coalesce(v_state.notice_id, 0);

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
