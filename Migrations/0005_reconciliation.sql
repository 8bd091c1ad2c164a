-- Why: the bank's statements, and what became of each of their lines.
-- Locks: none that matter, all tables are new.

create table statement (
    id bigint generated always as identity primary key,
    account_number text not null references bank_account,
    file_hash bytea not null,
    format text not null,
    file_name text,
    lines integer not null,
    credits bigint not null,
    debits bigint not null,
    opening_balance bigint,
    closing_balance bigint,
    first_day date,
    last_day date,
    -- Lines that an earlier statement had brought already.
    overlapping integer not null default 0,
    imported_at timestamptz not null default now(),
    imported_by text not null,
    constraint statement_account_hash_key unique (account_number, file_hash)
);
create trigger statement_append_only before delete or truncate on statement
    for each statement execute function refuse_change();

create table statement_line (
    id bigint generated always as identity primary key,
    statement_id bigint not null references statement,
    line_number integer not null,
    account_number text not null,
    transaction_id text,
    booked_at timestamptz not null,
    -- The business day of booked_at.
    booked_on date not null,
    value_date date,
    -- Positive for a credit.
    amount bigint not null check (amount <> 0),
    counterparty_name text,
    counterparty_account text,
    memo text,
    balance bigint,
    -- Our references that were found in the memo or a structured field, in their order.
    reference_candidates text[]
);
create index statement_line_account_day_idx on statement_line (account_number, booked_on);
create index statement_line_transaction_idx on statement_line (account_number, transaction_id);
create trigger statement_line_append_only before update or delete or truncate on statement_line
    for each statement execute function refuse_change();

create table reconciliation_run (
    id bigint generated always as identity primary key,
    account_number text not null references bank_account,
    through date not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    started_by text not null,
    counts jsonb
);

-- What a line was found to be. One row a line, written once.
create table line_outcome (
    line_id bigint primary key references statement_line,
    run_id bigint not null references reconciliation_run,
    outcome text not null check (outcome in
        ('matched', 'grouped', 'recovered', 'amount_mismatch', 'duplicate_line', 'unmatched')),
    -- The pass that decided: transaction_id, reference, recovery, repetition, remainder.
    pass text not null,
    notice_id bigint references bank_notice,
    payment_request_id uuid,
    -- The part of the line that this outcome moved to or from suspense.
    suspense_amount bigint not null default 0
);
-- A notice is proved by one line.
create unique index line_outcome_notice_key on line_outcome (notice_id) where outcome in ('matched', 'recovered', 'amount_mismatch');
create trigger line_outcome_append_only before update or delete or truncate on line_outcome
    for each statement execute function refuse_change();

-- Gives every line of an account through a day its outcome, where it has none yet, and marks the payments that the bank
-- should have shown and did not. Everything is one transaction; run again, it finds nothing left to do.
create function reconcile_account(
    p_run bigint,
    p_account text,
    p_through date,
    p_by text,
    p_now timestamptz,
    p_grace interval
) returns jsonb language plpgsql as $$
#variable_conflict use_column
declare
    v_bank integer := ledger_account_of('bank', p_account);
    v_suspense integer := ledger_account_of('suspense', p_account);
    v_opening integer := ledger_account_of('opening', p_account);
    v_first record;
    v_cases bigint;
    v_missing bigint;
    v_counts jsonb;
begin
    -- One run of an account at a time; the second waits and then finds nothing to do.
    perform pg_advisory_xact_lock(hashtextextended('reconcile:' || p_account, 0));
    select count(*) into v_cases from reconciliation_case;

    -- What the account held before its first statement is booked once, so that books and bank start level.
    select s.id, s.opening_balance, s.first_day into v_first from statement s
    where s.account_number = p_account and s.opening_balance is not null
    order by s.first_day, s.id limit 1;
    if v_first.opening_balance <> 0 and not exists (
        select 1 from ledger_transfer t where t.kind = 'opening' and v_opening in (t.debit_account, t.credit_account))
    then
        insert into ledger_transfer (debit_account, credit_account, amount, kind, booked_on, recorded_at)
        select case when v_first.opening_balance > 0 then v_bank else v_opening end,
            case when v_first.opening_balance > 0 then v_opening else v_bank end,
            abs(v_first.opening_balance), 'opening', v_first.first_day, p_now;
    end if;

    create temporary table if not exists open_line (
        line_id bigint primary key, nth bigint not null, transaction_id text, amount bigint not null,
        booked_at timestamptz not null, booked_on date not null, memo text, request_id uuid, reference text
    ) on commit drop;
    truncate open_line;
    insert into open_line
    select l.id, row_number() over (order by l.booked_at, l.id), nullif(l.transaction_id, ''), l.amount, l.booked_at,
        l.booked_on, l.memo, request.id, request.reference
    from statement_line l
        left join lateral (
            select pr.id, pr.reference from unnest(l.reference_candidates) with ordinality as c (reference, place)
                join payment_request pr on pr.reference = c.reference
            where l.amount > 0 order by c.place limit 1
        ) request on l.reference_candidates is not null
    where l.account_number = p_account and l.booked_on <= p_through
        and not exists (select 1 from line_outcome o where o.line_id = l.id);
    create index if not exists open_line_request_idx on open_line (request_id);
    analyze open_line;

    -- Pass 1: the bank's own transaction id. Equal amount proves the notice; another amount is a case.
    with pair as (
        select l.line_id, l.amount, b.id as notice_id, b.amount as notice_amount, b.payment_request_id, l.booked_on,
            row_number() over (partition by b.id order by (b.amount = l.amount) desc, l.nth) as nth_for_notice,
            row_number() over (partition by l.line_id order by (b.amount = l.amount) desc, b.id) as nth_for_line
        from open_line l join bank_notice b on b.account_number = p_account and b.bank_reference = l.transaction_id
        where l.amount > 0 and b.applied_amount + b.suspense_amount > 0 and b.source = 'callback'
            and not exists (select 1 from line_outcome o where o.notice_id = b.id
                and o.outcome in ('matched', 'recovered', 'amount_mismatch'))
    )
    insert into line_outcome (line_id, run_id, outcome, pass, notice_id, payment_request_id, suspense_amount)
    select line_id, p_run, case when amount = notice_amount then 'matched' else 'amount_mismatch' end, 'transaction_id',
        notice_id, payment_request_id, amount - notice_amount
    from pair where nth_for_notice = 1 and nth_for_line = 1;
    delete from open_line l using line_outcome o where o.line_id = l.line_id;

    -- Pass 2: the same transaction id again. It is not money a second time, so nothing is posted.
    insert into line_outcome (line_id, run_id, outcome, pass, payment_request_id)
    select l.line_id, p_run, 'duplicate_line', 'transaction_id', l.request_id
    from open_line l
    where l.transaction_id is not null and l.amount > 0 and exists (
        select 1 from statement_line e
        where e.account_number = p_account and e.transaction_id = l.transaction_id and e.amount = l.amount
            and e.id <> l.line_id
            and (exists (select 1 from line_outcome o where o.line_id = e.id)
                or exists (select 1 from open_line f where f.line_id = e.id and f.nth < l.nth)));
    delete from open_line l using line_outcome o where o.line_id = l.line_id;

    -- Pass 3: the reference, with the amount of a notice of that request that no line has proved yet; first come,
    -- first matched on both sides.
    with line as (
        select line_id, request_id, amount, row_number() over (partition by request_id, amount order by nth) as nth
        from open_line where request_id is not null
    ),
    notice as (
        select b.id, b.payment_request_id, b.amount,
            row_number() over (partition by b.payment_request_id, b.amount order by b.id) as nth
        from (select distinct request_id from line) r join bank_notice b on b.payment_request_id = r.request_id
        where b.account_number = p_account and b.source = 'callback' and b.applied_amount + b.suspense_amount > 0
            and not exists (select 1 from line_outcome o where o.notice_id = b.id
                and o.outcome in ('matched', 'recovered', 'amount_mismatch'))
    )
    insert into line_outcome (line_id, run_id, outcome, pass, notice_id, payment_request_id)
    select l.line_id, p_run, 'matched', 'reference', n.id, l.request_id
    from line l join notice n on n.payment_request_id = l.request_id and n.amount = l.amount and n.nth = l.nth;
    delete from open_line l using line_outcome o where o.line_id = l.line_id;

    -- Pass 4: no notice, but exactly what a request still waits for: the callback was lost, the line settles it.
    create temporary table if not exists recovery (
        line_id bigint primary key, n integer not null, request_id uuid not null
    ) on commit drop;
    truncate recovery;
    insert into recovery
    select line_id, row_number() over (order by nth), request_id from (
        select distinct on (l.request_id) l.line_id, l.nth, l.request_id
        from open_line l join payment_request pr on pr.id = l.request_id
        where l.amount = pr.amount_due - pr.amount_received
            and pr.status in ('pending', 'expired') and l.booked_at <= pr.expires_at + p_grace
            and not exists (
                select 1 from bank_notice b where b.payment_request_id = pr.id and b.account_number = p_account
                    and b.source = 'callback' and b.applied_amount + b.suspense_amount > 0
                    and not exists (select 1 from line_outcome o where o.notice_id = b.id
                        and o.outcome in ('matched', 'recovered', 'amount_mismatch')))
        order by l.request_id, l.nth
    ) first_line;
    insert into line_outcome (line_id, run_id, outcome, pass, notice_id, payment_request_id)
    select r.line_id, p_run, 'recovered', 'recovery', s.notice_id, r.request_id
    from (
        select array_agg('statement'::text order by r.n) as source, array_agg(null::integer) as none,
            array_agg('line:' || r.line_id order by r.n) as transaction,
            array_agg(sha256(convert_to('line:' || r.line_id, 'UTF8')) order by r.n) as hash,
            array_agg(true) as yes, array_agg(l.amount order by r.n) as amount, array_agg(p_account) as account,
            array_agg(coalesce(l.transaction_id, 'line:' || r.line_id) order by r.n) as bank_reference,
            array_agg(l.reference order by r.n) as refs, array_agg(l.booked_at order by r.n) as occurred_at,
            array_agg(l.memo order by r.n) as memo, array_agg(null::text) as nothing,
            array_agg(v_bank) as bank, array_agg(v_suspense) as suspense
        from recovery r join open_line l using (line_id)
        having count(*) > 0
    ) a
    cross join lateral settle_notices(a.source, a.none, a.transaction, a.hash, a.yes, a.amount, a.account,
        a.bank_reference, a.refs, a.occurred_at, a.memo, a.nothing, a.nothing, a.bank, a.suspense, a.yes, p_now, p_grace) s
    join recovery r on r.n = s.ordinal
    where s.outcome = 'settled';
    delete from open_line l using line_outcome o where o.line_id = l.line_id;

    -- Pass 5: what is left with a known reference: the whole amount once more of a request that is fully received,
    -- else another amount than anything expected.
    insert into line_outcome (line_id, run_id, outcome, pass, payment_request_id, suspense_amount)
    select l.line_id, p_run,
        case when pr.amount_received >= pr.amount_due and l.amount = pr.amount_due then 'duplicate_line'
            else 'amount_mismatch' end,
        'reference', l.request_id, l.amount
    from open_line l join payment_request pr on pr.id = l.request_id;
    delete from open_line l using line_outcome o where o.line_id = l.line_id;

    -- Pass 6: the rest belongs nowhere yet; a debit that no refund explains is taken out of suspense.
    insert into line_outcome (line_id, run_id, outcome, pass, suspense_amount)
    select l.line_id, p_run, 'unmatched', 'remainder', l.amount from open_line l;

    -- Every outcome that found money not yet booked books it to suspense, so that books and bank agree.
    insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id, notice_id,
        statement_line_id, booked_on, recorded_at)
    select case when o.suspense_amount > 0 then v_bank else v_suspense end,
        case when o.suspense_amount > 0 then v_suspense else v_bank end,
        abs(o.suspense_amount), 'statement_' || o.outcome, o.payment_request_id, o.notice_id, o.line_id, l.booked_on, p_now
    from line_outcome o join statement_line l on l.id = o.line_id
    where o.run_id = p_run and o.suspense_amount <> 0
    order by o.line_id;

    insert into reconciliation_case (kind, subject, account_number, agency_code, payment_request_id, notice_id,
        statement_line_id, amount, evidence)
    select o.outcome, 'line:' || o.line_id, p_account, pr.agency_code, o.payment_request_id, o.notice_id, o.line_id,
        case when o.outcome = 'amount_mismatch' and o.notice_id is not null then o.suspense_amount else l.amount end,
        jsonb_strip_nulls(jsonb_build_object('transaction_id', l.transaction_id, 'memo', l.memo,
            'counterparty_name', l.counterparty_name, 'booked_at', l.booked_at, 'line_amount', l.amount))
    from line_outcome o join statement_line l on l.id = o.line_id
        left join payment_request pr on pr.id = o.payment_request_id
    where o.run_id = p_run and o.outcome in ('amount_mismatch', 'duplicate_line', 'unmatched')
    order by o.line_id
    on conflict on constraint reconciliation_case_kind_subject_key do nothing;

    -- A payment that the bank had not shown closes its case when its line comes.
    update reconciliation_case c set state = 'closed', ended_at = p_now, ended_by = 'system', action = 'line_came'
    from line_outcome o
    where o.run_id = p_run and o.notice_id is not null and c.kind = 'missing_at_bank' and c.state = 'open'
        and c.subject = 'notice:' || o.notice_id;

    -- A payment of day D is on the statement of D + 1 at the latest.
    insert into reconciliation_case (kind, subject, account_number, agency_code, payment_request_id, notice_id, amount,
        evidence)
    select 'missing_at_bank', 'notice:' || b.id, p_account, pr.agency_code, b.payment_request_id, b.id, b.amount,
        jsonb_strip_nulls(jsonb_build_object('transaction_id', b.provider_transaction_id, 'occurred_at', b.occurred_at))
    from bank_notice b left join payment_request pr on pr.id = b.payment_request_id
    where b.account_number = p_account and b.booked_on + 1 <= p_through and b.source = 'callback'
        and b.applied_amount + b.suspense_amount > 0
        and not exists (select 1 from line_outcome o where o.notice_id = b.id
            and o.outcome in ('matched', 'recovered', 'amount_mismatch'))
    order by b.id
    on conflict on constraint reconciliation_case_kind_subject_key do nothing;
    get diagnostics v_missing = row_count;

    select jsonb_build_object(
        'matched', count(*) filter (where outcome = 'matched'),
        'recovered', count(*) filter (where outcome = 'recovered'),
        'grouped', count(*) filter (where outcome = 'grouped'),
        'amount_mismatch', count(*) filter (where outcome = 'amount_mismatch'),
        'duplicate_line', count(*) filter (where outcome = 'duplicate_line'),
        'unmatched', count(*) filter (where outcome = 'unmatched'),
        'missing_at_bank', v_missing,
        'cases_opened', (select count(*) from reconciliation_case) - v_cases)
    into v_counts from line_outcome where run_id = p_run;
    update reconciliation_run set finished_at = clock_timestamp(), counts = v_counts where id = p_run;
    return v_counts;
end $$;
comment on function reconcile_account is 'Classifies the lines of an account; see docs/money-rules.md.';

-- What background jobs remember between runs.
create table job_state (
    name text primary key,
    value text not null,
    changed_at timestamptz not null default now()
);
