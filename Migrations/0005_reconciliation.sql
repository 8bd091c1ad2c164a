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
    -- Written with the statement itself, a million at a time; `khop ledger verify` counts them.
    statement_id bigint not null,
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
    line_id bigint primary key,
    run_id bigint not null,
    outcome text not null check (outcome in
        ('matched', 'grouped', 'recovered', 'amount_mismatch', 'duplicate_line', 'unmatched')),
    -- The pass that decided: see docs/money-rules.md.
    pass text not null,
    notice_id bigint,
    payment_request_id uuid,
    -- The part of the line that this outcome moved to or from suspense.
    suspense_amount bigint not null default 0
);
-- A notice is proved by one line.
create unique index line_outcome_notice_key on line_outcome (notice_id)
    where outcome in ('matched', 'recovered', 'amount_mismatch');
create index line_outcome_run_idx on line_outcome (run_id) where pass <> 'transaction_id';
create trigger line_outcome_append_only before update or delete or truncate on line_outcome
    for each statement execute function refuse_change();

-- The notices that a line proves besides: those of a payout, of a transfer that paid several requests, of a callback that came
-- after its line had been put to suspense.
create table line_notice (
    line_id bigint not null,
    notice_id bigint not null,
    constraint line_notice_pkey primary key (line_id, notice_id),
    constraint line_notice_notice_key unique (notice_id)
);
create trigger line_notice_append_only before update or delete or truncate on line_notice
    for each statement execute function refuse_change();

-- Lines, runs and notices are never deleted, so that what is there when a row is added is there for ever.
create function line_named() returns trigger language plpgsql as $$
begin
    -- A month's outcomes come out of a join with what they name; `khop ledger verify` looks at all of them.
    if (select count(*) from (select 1 from inserted limit 20001) i) > 20000 then
        return null;
    end if;
    if exists (select 1 from inserted i where not exists (select 1 from statement_line l where l.id = i.line_id))
        or exists (select 1 from inserted i where i.notice_id is not null
            and not exists (select 1 from bank_notice b where b.id = i.notice_id))
    then
        raise exception 'an outcome names a line or a notice that does not exist'
            using errcode = 'foreign_key_violation', constraint = 'line_outcome_named_fkey';
    end if;
    return null;
end $$;
create trigger line_outcome_named after insert on line_outcome
    referencing new table as inserted for each statement execute function line_named();
create trigger line_notice_named after insert on line_notice
    referencing new table as inserted for each statement execute function line_named();

-- How an account's statements are read.
create table account_terms (
    account_number text primary key references bank_account,
    -- A payment of a day must be on the statements of so many bank days later.
    cut_off_days integer not null default 1 check (cut_off_days between 0 and 30),
    changed_at timestamptz not null default now(),
    changed_by text not null
);
-- Days on which banks do not book: holidays, and days of the week (1 is Monday).
create table bank_holiday (day date primary key, name text not null);
create table bank_weekend (isodow integer primary key check (isodow between 1 and 7));

-- The last day by which a payment of a day must be on a statement.
create function cut_off(p_account text, p_day date) returns date language plpgsql stable as $$
declare
    v_left integer := coalesce((select cut_off_days from account_terms where account_number = p_account), 1);
    v_day date := p_day;
begin
    while v_left > 0 and v_day < p_day + 100 loop
        v_day := v_day + 1;
        if not exists (select 1 from bank_holiday h where h.day = v_day)
            and not exists (select 1 from bank_weekend w where w.isodow = extract(isodow from v_day))
        then
            v_left := v_left - 1;
        end if;
    end loop;
    return v_day;
end $$;

-- How far an account is reconciled: every line up to `line_id` of a day up to `through` has its outcome, and every notice
-- below `notice_id` whose cut-off is up to `through` is proved or has its case. A run looks at the rest alone.
create table reconciliation_state (
    account_number text primary key references bank_account,
    through date not null,
    line_id bigint not null,
    notice_id bigint not null
);

-- Gives every line of an account through a day its outcome, where it has none yet, and marks the payments that the bank
-- should have shown and did not. Everything is one transaction; run again, it finds nothing left to do.
create function reconcile_account(
    p_run bigint,
    p_account text,
    p_through date,
    p_by text,
    p_now timestamptz,
    p_grace interval
) returns jsonb language plpgsql
set work_mem = '128MB'
set jit = off
as $$
#variable_conflict use_column
declare
    v_bank integer := ledger_account_of('bank', p_account);
    v_suspense integer := ledger_account_of('suspense', p_account);
    v_opening integer := ledger_account_of('opening', p_account);
    v_first record;
    v_state reconciliation_state;
    v_last_line bigint;
    v_last_notice bigint;
    v_cases bigint;
    v_missing bigint;
    v_day record;
    v_counts jsonb;
    v_matched bigint;
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

    create temporary table if not exists found_line (
        line_id bigint, transaction_id text, amount bigint, booked_at timestamptz, booked_on date
    ) on commit drop;
    truncate found_line;
    insert into found_line
    select l.id, nullif(l.transaction_id, ''), l.amount, l.booked_at, l.booked_on
    from (
        select * from statement_line where account_number = p_account and booked_on <= p_through and id > v_state.line_id
        union all
        select * from statement_line where account_number = p_account and booked_on <= p_through
            and booked_on > v_state.through and id <= v_state.line_id
    ) l
    where not exists (select 1 from line_outcome o where o.line_id = l.id);
    analyze found_line;

    -- Lines that bear the id and the amount of an earlier one. They are not money a second time.
    create temporary table if not exists repeated_line (line_id bigint primary key) on commit drop;
    truncate repeated_line;
    insert into repeated_line
    select line_id from (
        select f.line_id, row_number() over (partition by f.transaction_id, f.amount order by f.booked_at, f.line_id) as nth
        from found_line f join (
            select transaction_id, amount from found_line where transaction_id is not null and amount > 0
            group by 1, 2 having count(*) > 1) twice using (transaction_id, amount)
    ) numbered where nth > 1;
    analyze repeated_line;

    -- Pass `transaction_id`: the bank's own id and the amount of a notice. Most lines end here, so the rest alone is kept.
    create temporary table if not exists open_line (
        line_id bigint primary key, nth bigint not null, transaction_id text, amount bigint not null,
        booked_at timestamptz not null, booked_on date not null
    ) on commit drop;
    truncate open_line;
    with pair as materialized (
        select f.*, b.id as notice_id, b.payment_request_id
        from found_line f
            left join repeated_line r on r.line_id = f.line_id
            left join bank_notice b on b.account_number = p_account and b.bank_reference = f.transaction_id
                and b.amount = f.amount and b.applied_amount + b.suspense_amount > 0 and b.source = 'callback'
                and r.line_id is null
                and not exists (select 1 from line_outcome o where o.notice_id = b.id
                    and o.outcome in ('matched', 'recovered', 'amount_mismatch'))
                and not exists (select 1 from line_notice n where n.notice_id = b.id)
    ),
    kept as (
        insert into open_line
        select line_id, row_number() over (order by booked_at, line_id), transaction_id, amount, booked_at, booked_on
        from pair where notice_id is null
    )
    insert into line_outcome (line_id, run_id, outcome, pass, notice_id, payment_request_id)
    select line_id, p_run, 'matched', 'transaction_id', notice_id, payment_request_id from pair
    where notice_id is not null;
    get diagnostics v_matched = row_count;
    if v_matched > 100000 then
        -- What was true of a nearly empty table would mislead what follows.
        analyze line_outcome;
    end if;
    analyze open_line;

    -- Pass `repetition`: the same transaction id and amount again, here or in an earlier run; nothing is posted.
    insert into line_outcome (line_id, run_id, outcome, pass, payment_request_id)
    select l.line_id, p_run, 'duplicate_line', 'repetition', (
            select b.payment_request_id from bank_notice b
            where b.account_number = p_account and b.bank_reference = l.transaction_id and b.amount = l.amount
                and b.applied_amount + b.suspense_amount > 0 limit 1)
    from open_line l
    where l.transaction_id is not null and l.amount > 0 and (
        exists (select 1 from repeated_line r where r.line_id = l.line_id)
        or exists (
            select 1 from statement_line e join line_outcome o on o.line_id = e.id
            where e.account_number = p_account and e.transaction_id = l.transaction_id and e.amount = l.amount
                and e.id <> l.line_id));
    delete from open_line l using line_outcome o where o.line_id = l.line_id;

    -- Pass `other_amount`: the bank's own id of a notice of another amount. The difference goes to or from suspense.
    with pair as (
        select l.line_id, l.amount, b.id as notice_id, b.amount as notice_amount, b.payment_request_id,
            row_number() over (partition by b.id order by l.nth) as nth_for_notice,
            row_number() over (partition by l.line_id order by b.id) as nth_for_line
        from open_line l join bank_notice b on b.account_number = p_account and b.bank_reference = l.transaction_id
        where l.amount > 0 and b.applied_amount + b.suspense_amount > 0 and b.source = 'callback'
            and not exists (select 1 from line_outcome o where o.notice_id = b.id
                and o.outcome in ('matched', 'recovered', 'amount_mismatch'))
            and not exists (select 1 from line_notice n where n.notice_id = b.id)
    )
    insert into line_outcome (line_id, run_id, outcome, pass, notice_id, payment_request_id, suspense_amount)
    select line_id, p_run, 'amount_mismatch', 'other_amount', notice_id, payment_request_id, amount - notice_amount
    from pair where nth_for_notice = 1 and nth_for_line = 1;
    delete from open_line l using line_outcome o where o.line_id = l.line_id;

    -- What the references of the lines that are left name, in their order.
    create temporary table if not exists line_reference (
        line_id bigint, place bigint, request_id uuid, reference text, primary key (line_id, place)
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
    for v_day in select distinct place from line_reference order by place loop
        with line as (
            select l.line_id, r.request_id, l.amount,
                row_number() over (partition by r.request_id, l.amount order by l.nth) as nth
            from open_line l join line_reference r on r.line_id = l.line_id and r.place = v_day.place
        ),
        notice as (
            select b.id, b.payment_request_id, b.amount,
                row_number() over (partition by b.payment_request_id, b.amount order by b.id) as nth
            from (select distinct request_id from line) r join bank_notice b on b.payment_request_id = r.request_id
            where b.account_number = p_account and b.source = 'callback' and b.applied_amount + b.suspense_amount > 0
                and not exists (select 1 from line_outcome o where o.notice_id = b.id
                    and o.outcome in ('matched', 'recovered', 'amount_mismatch'))
                and not exists (select 1 from line_notice n where n.notice_id = b.id)
        )
        insert into line_outcome (line_id, run_id, outcome, pass, notice_id, payment_request_id)
        select l.line_id, p_run, 'matched', 'reference', n.id, l.request_id
        from line l join notice n on n.payment_request_id = l.request_id and n.amount = l.amount and n.nth = l.nth;
        delete from open_line l using line_outcome o where o.line_id = l.line_id;
    end loop;

    -- What requests that are named still wait for, where no notice of theirs waits for its line.
    create temporary table if not exists waiting_request (
        request_id uuid primary key, due bigint not null, latest timestamptz not null
    ) on commit drop;
    truncate waiting_request;
    insert into waiting_request
    select pr.id, pr.amount_due - pr.amount_received, pr.expires_at + p_grace
    from payment_request pr
    where pr.id in (select r.request_id from line_reference r join open_line l using (line_id))
        and pr.status in ('pending', 'expired') and pr.amount_due > pr.amount_received
        and not exists (
            select 1 from bank_notice b where b.payment_request_id = pr.id and b.account_number = p_account
                and b.source = 'callback' and b.applied_amount + b.suspense_amount > 0
                and not exists (select 1 from line_outcome o where o.notice_id = b.id
                    and o.outcome in ('matched', 'recovered', 'amount_mismatch'))
                and not exists (select 1 from line_notice n where n.notice_id = b.id));

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
    delete from recovery x where x.pass = 'several_requests' and exists (
        select 1 from recovery e where e.pass = 'several_requests' and e.line_id <> x.line_id and e.line_id < x.line_id
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
    insert into line_outcome (line_id, run_id, outcome, pass, notice_id, payment_request_id)
    select r.line_id, p_run, 'recovered', min(r.pass), case when min(r.pass) <> 'several_requests' then min(r.notice_id) end,
        (array_agg(r.request_id order by f.place))[1]
    from recovery r join line_reference f on f.line_id = r.line_id and f.request_id = r.request_id
    group by r.line_id having bool_and(r.notice_id is not null);
    insert into line_notice (line_id, notice_id)
    select r.line_id, r.notice_id from recovery r
    where r.pass = 'several_requests' and r.notice_id is not null;
    delete from open_line l using line_outcome o where o.line_id = l.line_id;

    -- Pass `payout`: a gateway's transfers of one day in one line, less a commission within what was agreed. Only where one
    -- line alone and one day alone fit each other.
    if exists (select 1 from connection c where c.account_number = p_account and c.commission_percent is not null) then
        create temporary table if not exists payout (
            connection_id integer, day date, total bigint, line_id bigint, amount bigint
        ) on commit drop;
        truncate payout;
        insert into payout
        with due as (
            select b.connection_id, b.booked_on as day, sum(b.amount)::bigint as total, c.commission_percent
            from connection c join bank_notice b on b.connection_id = c.id
            where c.account_number = p_account and c.commission_percent is not null and b.account_number = p_account
                and b.booked_on > p_through - 60 and b.booked_on <= p_through
                and b.source = 'callback' and b.applied_amount + b.suspense_amount > 0
                and not exists (select 1 from line_outcome o where o.notice_id = b.id
                    and o.outcome in ('matched', 'recovered', 'amount_mismatch'))
                and not exists (select 1 from line_notice n where n.notice_id = b.id)
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
        insert into line_notice (line_id, notice_id)
        select p.line_id, b.id
        from payout p join bank_notice b on b.connection_id = p.connection_id and b.booked_on = p.day
        where b.account_number = p_account and b.source = 'callback' and b.applied_amount + b.suspense_amount > 0
            and not exists (select 1 from line_outcome o where o.notice_id = b.id
                and o.outcome in ('matched', 'recovered', 'amount_mismatch'))
            and not exists (select 1 from line_notice n where n.notice_id = b.id);
        insert into line_outcome (line_id, run_id, outcome, pass)
        select p.line_id, p_run, 'grouped', 'payout' from payout p;
        insert into ledger_transfer (debit_account, credit_account, amount, kind, statement_line_id, booked_on, recorded_at)
        select ledger_account_of('commission', p_account), v_bank, p.total - p.amount, 'commission', p.line_id, l.booked_on,
            p_now
        from payout p join open_line l using (line_id) where p.total > p.amount order by p.line_id;
        delete from open_line l using line_outcome o where o.line_id = l.line_id;
    end if;

    -- Pass `known_request`: what is left with a known reference: the whole amount once more of a request that is fully
    -- received, else another amount than anything expected.
    insert into line_outcome (line_id, run_id, outcome, pass, payment_request_id, suspense_amount)
    select l.line_id, p_run,
        case when pr.amount_received >= pr.amount_due and l.amount = pr.amount_due then 'duplicate_line'
            else 'amount_mismatch' end,
        'known_request', pr.id, l.amount
    from open_line l join line_reference r on r.line_id = l.line_id and r.place = 1
        join payment_request pr on pr.id = r.request_id;
    delete from open_line l using line_outcome o where o.line_id = l.line_id;

    -- The remainder belongs nowhere yet; a debit that no refund explains is taken out of suspense.
    insert into line_outcome (line_id, run_id, outcome, pass, suspense_amount)
    select l.line_id, p_run, 'unmatched', 'remainder', l.amount from open_line l;

    -- Every outcome that found money not yet booked books it to suspense, so that books and bank agree.
    insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id, notice_id,
        statement_line_id, booked_on, recorded_at)
    select case when o.suspense_amount > 0 then v_bank else v_suspense end,
        case when o.suspense_amount > 0 then v_suspense else v_bank end,
        abs(o.suspense_amount), 'statement_' || o.outcome, o.payment_request_id, o.notice_id, o.line_id, l.booked_on, p_now
    from line_outcome o join statement_line l on l.id = o.line_id
    where o.run_id = p_run and o.pass <> 'transaction_id' and o.suspense_amount <> 0
    order by o.line_id;

    insert into reconciliation_case (kind, subject, account_number, agency_code, payment_request_id, notice_id,
        statement_line_id, amount, evidence)
    select o.outcome, 'line:' || o.line_id, p_account, pr.agency_code, o.payment_request_id, o.notice_id, o.line_id,
        case when o.outcome = 'amount_mismatch' and o.notice_id is not null then o.suspense_amount else l.amount end,
        jsonb_strip_nulls(jsonb_build_object('transaction_id', l.transaction_id, 'memo', l.memo,
            'counterparty_name', l.counterparty_name, 'booked_at', l.booked_at, 'line_amount', l.amount, 'pass', o.pass))
    from line_outcome o join statement_line l on l.id = o.line_id
        left join payment_request pr on pr.id = o.payment_request_id
    where o.run_id = p_run and o.pass <> 'transaction_id' and o.outcome in ('amount_mismatch', 'duplicate_line', 'unmatched')
    order by o.line_id
    on conflict on constraint reconciliation_case_kind_subject_key do nothing;

    -- A payment that the bank had not shown closes its case when its line comes.
    update reconciliation_case c set state = 'closed', ended_at = p_now, ended_by = 'system', action = 'line_came'
    from (
        select 'notice:' || o.notice_id as subject from found_line f join line_outcome o on o.line_id = f.line_id
        where o.notice_id is not null
        union
        select 'notice:' || n.notice_id from found_line f join line_notice n on n.line_id = f.line_id
    ) proved
    where c.kind = 'missing_at_bank' and c.subject = proved.subject and c.state = 'open';

    -- A payment whose cut-off has passed should have been shown. Those that were judged by an earlier run are proved, or have
    -- their case.
    select coalesce(max(id), 0) into v_last_notice from bank_notice;
    create temporary table if not exists due_day (day date primary key, cut_off date not null) on commit drop;
    truncate due_day;
    if v_state.through = '-infinity'::date then
        insert into due_day
        select day, cut_off(p_account, day) from (
            select distinct booked_on as day from bank_notice
            where account_number = p_account and booked_on <= p_through and source = 'callback') d;
    else
        -- No cut-off is further from its day than this.
        insert into due_day
        select day::date, cut_off(p_account, day::date)
        from generate_series(v_state.through - 120, p_through, interval '1 day') as day;
    end if;
    delete from due_day where cut_off <= v_state.through or cut_off > p_through;
    -- Two days or two years: the plan is another.
    analyze due_day;
    if v_state.through > '-infinity'::date then
        -- A few days among years: what is looked for is looked up, whatever a table's statistics say of its days.
        perform set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
            set_config('enable_mergejoin', 'off', true);
    end if;
    with judged as (
        -- All of the days whose cut-off has passed since the last run, and what has come since of days before them.
        select b.* from due_day d join bank_notice b on b.account_number = p_account and b.booked_on = d.day
        union all
        select b.* from bank_notice b
        where b.account_number = p_account and b.id >= v_state.notice_id and b.booked_on <= p_through
            and not exists (select 1 from due_day d where d.day = b.booked_on)
            and v_state.through > '-infinity'::date and cut_off(p_account, b.booked_on) <= p_through
    ),
    unproved as materialized (
        select b.id, b.payment_request_id, b.amount, b.provider_transaction_id, b.occurred_at from judged b
        where b.source = 'callback' and b.applied_amount + b.suspense_amount > 0
            and not exists (select 1 from line_outcome o where o.notice_id = b.id
                and o.outcome in ('matched', 'recovered', 'amount_mismatch'))
            and not exists (select 1 from line_notice n where n.notice_id = b.id)
    )
    insert into reconciliation_case (kind, subject, account_number, agency_code, payment_request_id, notice_id, amount,
        evidence)
    select 'missing_at_bank', 'notice:' || b.id, p_account, pr.agency_code, b.payment_request_id, b.id, b.amount,
        jsonb_strip_nulls(jsonb_build_object('transaction_id', b.provider_transaction_id, 'occurred_at', b.occurred_at))
    from unproved b left join payment_request pr on pr.id = b.payment_request_id
    order by b.id
    on conflict on constraint reconciliation_case_kind_subject_key do nothing;
    get diagnostics v_missing = row_count;
    perform set_config('enable_seqscan', 'on', true), set_config('enable_hashjoin', 'on', true),
        set_config('enable_mergejoin', 'on', true);

    -- A run through an earlier day than one before it changes nothing of what is known to be done. Settlements under way may
    -- still hold lower ids than the last one seen: what came within minutes is looked at again.
    insert into reconciliation_state as s (account_number, through, line_id, notice_id)
    values (p_account, p_through, v_last_line, coalesce((
        select min(b.id) from bank_notice b where b.id > v_state.notice_id and b.received_at > p_now - interval '10 minutes'),
        v_last_notice))
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

-- What background jobs remember between runs.
create table job_state (
    name text primary key,
    value text not null,
    changed_at timestamptz not null default now()
);
