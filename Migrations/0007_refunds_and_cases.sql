-- Why: money goes back, and people decide about what did not fit: refunds with two persons, the actions of cases, what was
-- done by whom. The database itself holds every claim on money below what was received.
-- Locks: short ones on payment_request, ledger_transfer, reconciliation_case and bank_notice for new columns and checks;
-- none of them rewrites a table. The new checks hold for what is there, so they are validated by a scan of the table.

-- Who did what to whom: one row an action, beside the transaction that did it.
create table audit_entry (
    id bigint generated always as identity primary key,
    happened_at timestamptz not null default now(),
    -- `key:` and the id of an API key, `cli:` and a name, or `system`.
    actor_id text not null,
    actor_name text not null,
    -- Such as refund.approve or case.resolve.
    action text not null,
    subject text not null,
    detail jsonb not null default '{}'
);
create index audit_entry_subject_idx on audit_entry (subject);
create trigger audit_entry_append_only before update or delete or truncate on audit_entry
    for each statement execute function refuse_change();

-- Money that a person moved within the books comes through the same door as any other, under a source of its own.
alter table bank_notice drop constraint if exists bank_notice_source_check;
alter table bank_notice add constraint bank_notice_source_check
    check (source in ('callback', 'statement', 'counter', 'case'));

alter table ledger_transfer add column refund_id uuid;

-- Cases: who works on one, and until when.
alter table reconciliation_case add column assignee text;
-- Set where a person chose another day than the one of the kind.
alter table reconciliation_case add column due_on date;

create table case_kind (
    kind text primary key,
    -- Days after the one it was opened on.
    due_days integer not null check (due_days between 0 and 365)
);
insert into case_kind (kind, due_days) values
    ('conflict', 1), ('statement_gap', 1), ('missing_at_bank', 2), ('amount_mismatch', 3), ('duplicate_line', 3),
    ('unmatched', 3), ('unknown_reference', 3), ('late', 3), ('overpaid', 5), ('underpaid', 5);

-- The history of a case: its notes, attachments (by reference), assignments, proposals and changes of state.
create table case_event (
    id bigint generated always as identity primary key,
    -- Written with the case itself, thousands at a time, or by who has locked it; cases are never deleted.
    case_id bigint not null,
    event text not null check (event in ('opened', 'noted', 'attached', 'assigned', 'due_changed', 'proposed', 'withdrawn',
        'performed', 'asked_bank', 'resolved', 'closed', 'reopened')),
    actor_id text not null,
    actor_name text not null,
    detail jsonb not null default '{}',
    happened_at timestamptz not null default now()
);
create index case_event_case_idx on case_event (case_id, id);
create trigger case_event_append_only before update or delete or truncate on case_event
    for each statement execute function refuse_change();

-- A move of money that waits for the second person.
create table case_proposal (
    id bigint generated always as identity primary key,
    case_id bigint not null references reconciliation_case,
    action text not null check (action in ('accept', 'link', 'split', 'refund', 'write_off')),
    -- What the action was asked to do, completed with the amounts it was worked out to move.
    arguments jsonb not null,
    note text not null,
    state text not null default 'waiting' check (state in ('waiting', 'performed', 'withdrawn')),
    proposed_by text not null,
    proposed_by_name text not null,
    proposed_at timestamptz not null default now(),
    decided_by text,
    decided_by_name text,
    decided_at timestamptz,
    constraint case_proposal_two_persons_check check (state <> 'performed' or decided_by <> proposed_by),
    constraint case_proposal_decided_check check ((state = 'waiting') = (decided_at is null))
);
create unique index case_proposal_waiting_key on case_proposal (case_id) where state = 'waiting';

create function reconciliation_case_opened() returns trigger language plpgsql as $$
begin
    insert into case_event (case_id, event, actor_id, actor_name, happened_at)
    select id, 'opened', 'system', 'system', opened_at from inserted order by id;
    return null;
end $$;
create trigger reconciliation_case_opened after insert on reconciliation_case
    referencing new table as inserted for each statement execute function reconciliation_case_opened();

create function reconciliation_case_ended() returns trigger language plpgsql as $$
begin
    -- What people do is recorded by the action itself, with its actor; this is for what ends by itself.
    if new.state = 'closed' then
        insert into case_event (case_id, event, actor_id, actor_name, detail)
        values (new.id, 'closed', 'system', 'system', jsonb_build_object('action', new.action));
    end if;
    if new.state <> 'open' then
        update case_proposal set state = 'withdrawn', decided_by = 'system', decided_by_name = 'system',
            decided_at = now()
        where case_id = new.id and state = 'waiting';
    end if;
    return null;
end $$;
create trigger reconciliation_case_ended after update of state on reconciliation_case
    for each row when (old.state is distinct from new.state) execute function reconciliation_case_ended();

-- What a case has in suspense: positive for money that came, negative for money that left. Derived from the facts.
create function case_held(p_case bigint) returns bigint language sql stable as $$
    select coalesce(case
        when c.subject = 'notice:' || c.notice_id and c.kind in ('overpaid', 'late', 'unknown_reference')
            then (select b.suspense_amount from bank_notice b where b.id = c.notice_id)
        when c.subject = 'line:' || c.statement_line_id and c.kind in ('amount_mismatch', 'duplicate_line', 'unmatched')
            then (select o.suspense_amount from line_outcome o where o.line_id = c.statement_line_id)
        end, 0)
    from reconciliation_case c where c.id = p_case
$$;

-- How much of it has been claimed; the row is made when it is first asked for.
create table case_money (
    case_id bigint primary key references reconciliation_case,
    held bigint not null default 0,
    used bigint not null default 0,
    constraint case_money_used_check check (
        (held >= 0 and used between 0 and held) or (held < 0 and used between held and 0))
);
create function case_money_derive() returns trigger language plpgsql as $$
begin
    -- Whoever writes the row, what is held is what the facts say.
    new.held := case_held(new.case_id);
    if tg_op = 'INSERT' then new.used := 0; end if;
    return new;
end $$;
create trigger case_money_derive before insert or update on case_money
    for each row execute function case_money_derive();

-- One row a claim on a case's money; a claim given up is a row of the opposite sign.
create table suspense_use (
    id bigint generated always as identity primary key,
    case_id bigint not null references case_money,
    -- settle: paid a request. refund: claimed by a refund. release: a refund that was rejected. write_off: taken out of
    -- the books. refund_line: a debit line that turned out to be a refund.
    action text not null check (action in ('settle', 'refund', 'release', 'write_off', 'refund_line')),
    amount bigint not null check (amount <> 0),
    notice_id bigint references bank_notice,
    refund_id uuid,
    recorded_at timestamptz not null default now(),
    constraint suspense_use_notice_check check ((action = 'settle') = (notice_id is not null)),
    constraint suspense_use_refund_check check ((action in ('refund', 'release', 'refund_line')) = (refund_id is not null))
);
create index suspense_use_case_idx on suspense_use (case_id);
create trigger suspense_use_append_only before update or delete or truncate on suspense_use
    for each statement execute function refuse_change();
create function suspense_used() returns trigger language plpgsql as $$
begin
    update case_money set used = used + new.amount where case_id = new.case_id;
    return null;
end $$;
create trigger suspense_used after insert on suspense_use for each row execute function suspense_used();

-- The part of a request's fee that refunds not rejected have claimed: never more than was received for it, because the row
-- itself forbids it, however many ask at once.
alter table payment_request add column fee_refund_claimed bigint not null default 0;
alter table payment_request add constraint payment_request_refund_claim_check
    check (fee_refund_claimed between 0 and least(amount_received, amount_due));

-- One payment file that was handed out, so that no refund stands in two.
create table refund_file (
    id bigint generated always as identity primary key,
    account_number text not null references bank_account,
    message_id text not null constraint refund_file_message_key unique,
    created_at timestamptz not null,
    created_by text not null
);
create index refund_file_account_idx on refund_file (account_number, id);
create trigger refund_file_append_only before update or delete or truncate on refund_file
    for each statement execute function refuse_change();

create table refund (
    id uuid primary key,
    -- Travels in the payment file and comes back in the memo of the debit line.
    end_to_end_id text not null constraint refund_end_to_end_key unique
        check (end_to_end_id ~ '^KHR[0-9A-HJKMNP-TV-Z]{14}$'),
    payment_request_id uuid references payment_request,
    -- Set where the refund is of one case's money.
    case_id bigint references reconciliation_case,
    -- The account that pays.
    account_number text not null references bank_account,
    amount bigint not null check (amount between 1 and 9999999999999),
    reason text not null check (length(reason) between 1 and 500),
    note text,
    -- Null where it is paid by hand, outside a payment file.
    beneficiary_bin text check (beneficiary_bin ~ '^[0-9]{6}$'),
    beneficiary_account text check (beneficiary_account ~ '^[0-9A-Za-z]{1,34}$'),
    beneficiary_name text check (length(beneficiary_name) between 1 and 70),
    state text not null default 'requested'
        check (state in ('requested', 'approved', 'rejected', 'executed', 'settled')),
    requested_by text not null,
    requested_by_name text not null,
    requested_at timestamptz not null,
    approved_by text,
    approved_by_name text,
    approved_at timestamptz,
    rejected_by text,
    rejected_by_name text,
    rejected_at timestamptz,
    executed_by text,
    executed_by_name text,
    executed_at timestamptz,
    -- The business day of executed_at.
    executed_on date,
    settled_at timestamptz,
    statement_line_id bigint constraint refund_statement_line_key unique references statement_line,
    file_id bigint references refund_file,
    constraint refund_source_check check (payment_request_id is not null or case_id is not null),
    constraint refund_two_persons_check check (approved_by <> requested_by),
    constraint refund_approved_check check (state not in ('approved', 'executed', 'settled') or approved_by is not null),
    constraint refund_executed_check check ((state in ('executed', 'settled')) = (executed_at is not null)),
    constraint refund_settled_check check ((state = 'settled') = (statement_line_id is not null)),
    constraint refund_beneficiary_check check (
        num_nulls(beneficiary_bin, beneficiary_account, beneficiary_name) in (0, 3))
);
create index refund_request_idx on refund (payment_request_id);
create index refund_case_idx on refund (case_id);
create index refund_account_state_idx on refund (account_number, state);

-- Where a refund's money is taken from: the fee of its request, or what a case holds in suspense.
create table refund_part (
    refund_id uuid not null references refund,
    part integer not null,
    payment_request_id uuid references payment_request,
    case_id bigint references case_money,
    amount bigint not null check (amount > 0),
    constraint refund_part_pkey primary key (refund_id, part),
    constraint refund_part_source_check check (num_nonnulls(payment_request_id, case_id) = 1)
);
create trigger refund_part_append_only before update or delete or truncate on refund_part
    for each statement execute function refuse_change();

create function refund_part_claimed() returns trigger language plpgsql as $$
begin
    if new.case_id is null then
        update payment_request set fee_refund_claimed = fee_refund_claimed + new.amount
        where id = new.payment_request_id;
    else
        insert into suspense_use (case_id, action, amount, refund_id)
        values (new.case_id, 'refund', new.amount, new.refund_id);
    end if;
    return null;
end $$;
create trigger refund_part_claimed after insert on refund_part for each row execute function refund_part_claimed();

-- The parts are the refund, no more and no less, when the transaction ends.
create function refund_parts_add_up() returns trigger language plpgsql as $$
begin
    if (select coalesce(sum(p.amount), 0) from refund_part p where p.refund_id = new.id) <> new.amount then
        raise exception 'the parts of refund % are not its amount', new.id
            using errcode = 'check_violation', constraint = 'refund_parts_check';
    end if;
    return null;
end $$;
create constraint trigger refund_parts_add_up after insert on refund deferrable initially deferred
    for each row execute function refund_parts_add_up();

create function refund_changed() returns trigger language plpgsql as $$
begin
    if (new.id, new.end_to_end_id, new.amount, new.account_number, new.requested_by)
        is distinct from (old.id, old.end_to_end_id, old.amount, old.account_number, old.requested_by)
        or (old.state <> 'requested' and (new.beneficiary_bin, new.beneficiary_account, new.beneficiary_name)
            is distinct from (old.beneficiary_bin, old.beneficiary_account, old.beneficiary_name))
    then
        raise exception 'what was approved of refund % is not changed', old.id
            using errcode = 'check_violation', constraint = 'refund_content_check';
    end if;
    if old.state = new.state then return new; end if;
    if (old.state, new.state) not in (('requested', 'approved'), ('requested', 'rejected'), ('approved', 'rejected'),
        ('approved', 'executed'), ('executed', 'settled'))
    then
        raise exception 'refund % may not go from % to %', old.id, old.state, new.state
            using errcode = 'check_violation', constraint = 'refund_transition_check';
    end if;
    if new.state = 'rejected' then
        update payment_request r set fee_refund_claimed = r.fee_refund_claimed - p.amount
        from refund_part p
        where p.refund_id = new.id and p.case_id is null and r.id = p.payment_request_id;
        insert into suspense_use (case_id, action, amount, refund_id)
        select p.case_id, 'release', -p.amount, new.id from refund_part p
        where p.refund_id = new.id and p.case_id is not null order by p.case_id;
    end if;
    return new;
end $$;
create trigger refund_changed before update on refund for each row execute function refund_changed();
create trigger refund_permanent before delete or truncate on refund for each statement execute function refuse_change();

-- Pays a request from what a case holds, through the door that all money comes in by. Whatever part of a line or of a
-- notice that is not still due stays where it is.
create function settle_case_money(p_case bigint, p_request uuid, p_amount bigint, p_now timestamptz)
returns table (outcome text, notice_id bigint) language plpgsql as $$
#variable_conflict use_column
declare
    v_case reconciliation_case;
    v_request payment_request;
    v_line statement_line;
    v_notice bank_notice;
    v_suspense integer;
    v_key text;
    v_reference text;
    v_source text := 'case';
    v_outcome text;
    v_new bigint;
begin
    select * into strict v_case from reconciliation_case where id = p_case for update;
    select * into strict v_request from payment_request where id = p_request for update;
    if p_amount > v_request.amount_due - v_request.amount_received then
        raise exception 'request % is still due less than %', p_request, p_amount
            using errcode = 'check_violation', constraint = 'case_money_beyond_due';
    end if;
    if v_request.fee_refund_claimed > 0 then
        raise exception 'request % has been refunded', p_request
            using errcode = 'check_violation', constraint = 'case_money_refunded';
    end if;
    insert into case_money (case_id) values (p_case) on conflict do nothing;
    v_suspense := ledger_account_of('suspense', v_case.account_number);
    v_key := 'case:' || p_case || ':' || (select count(*) + 1 from suspense_use u where u.case_id = p_case);
    v_reference := v_key;
    if v_case.subject = 'line:' || v_case.statement_line_id then
        select * into strict v_line from statement_line where id = v_case.statement_line_id;
        -- A callback may have told of the line's transfer since: then it is counted, and not again.
        if exists (
            select 1 from bank_notice b
            where b.account_number = v_line.account_number and b.bank_reference = v_line.transaction_id
                and b.amount = v_line.amount and b.applied_amount + b.suspense_amount > 0
                and b.id is distinct from v_case.notice_id)
        then
            raise exception 'the transfer % was counted by a notice', v_line.transaction_id
                using errcode = 'check_violation', constraint = 'case_money_counted';
        end if;
        -- A whole line stands for its transfer as a recovered one does, so that its callback, when it comes, is known.
        if v_case.notice_id is null and p_amount = v_line.amount then
            v_source := 'statement';
            v_key := 'line:' || v_line.id;
            v_reference := coalesce(nullif(v_line.transaction_id, ''), v_key);
        end if;
    else
        select * into strict v_notice from bank_notice where id = v_case.notice_id;
    end if;

    -- A person has decided, so neither grace nor a changed price stands in the way.
    select s.outcome, s.notice_id into v_outcome, v_new
    from settle_notices(array[v_source], array[null::integer], array[v_key],
        array[sha256(convert_to(v_key, 'UTF8'))], array[true], array[p_amount], array[v_case.account_number],
        array[v_reference], array[v_request.reference], array[coalesce(v_line.booked_at, v_notice.occurred_at)],
        array[coalesce(v_line.memo, v_notice.memo)], array[null::text], array[null::text], array[v_suspense],
        array[v_suspense], array[true], p_now, interval '100 years') s;
    if v_outcome not in ('settled', 'partial') then
        raise exception 'the settlement of request % answered %', p_request, v_outcome
            using errcode = 'check_violation', constraint = 'case_money_not_settled';
    end if;
    insert into suspense_use (case_id, action, amount, notice_id) values (p_case, 'settle', p_amount, v_new);
    return query select v_outcome, v_new;
end $$;

-- Takes what a case holds out of suspense as a loss or a gain. The amount has the sign of what is held.
create function write_off_case_money(p_case bigint, p_amount bigint, p_now timestamptz) returns void language plpgsql as $$
declare
    v_account text;
    v_suspense integer;
    v_write_off integer;
begin
    select account_number into strict v_account from reconciliation_case where id = p_case for update;
    insert into case_money (case_id) values (p_case) on conflict do nothing;
    v_suspense := ledger_account_of('suspense', v_account);
    v_write_off := ledger_account_of('write_off', v_account);
    insert into suspense_use (case_id, action, amount) values (p_case, 'write_off', p_amount);
    insert into ledger_transfer (debit_account, credit_account, amount, kind, case_id, booked_on, recorded_at)
    values (case when p_amount > 0 then v_suspense else v_write_off end,
        case when p_amount > 0 then v_write_off else v_suspense end, abs(p_amount), 'write_off', p_case,
        (p_now at time zone 'Asia/Ho_Chi_Minh')::date, p_now);
end $$;

-- Books an approved refund: out of revenue or suspense, into what is about to leave the bank.
create function execute_refund(p_refund uuid, p_by text, p_by_name text, p_now timestamptz) returns void
language plpgsql as $$
declare
    v_refund refund;
    v_counted bigint;
    v_fee bigint;
    v_today date := (p_now at time zone 'Asia/Ho_Chi_Minh')::date;
begin
    select * into strict v_refund from refund where id = p_refund for update;
    perform 1 from payment_request where id = v_refund.payment_request_id for update;
    update refund set state = 'executed', executed_by = p_by, executed_by_name = p_by_name, executed_at = p_now,
        executed_on = v_today
    where id = p_refund;
    insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id, case_id, refund_id,
        booked_on, recorded_at)
    select case when p.case_id is null then r.revenue_account
            else ledger_account_of('suspense', c.account_number) end,
        ledger_account_of('refund', v_refund.account_number), p.amount, 'refund',
        coalesce(p.payment_request_id, c.payment_request_id), p.case_id, p_refund, v_today, p_now
    from refund_part p
        left join payment_request r on r.id = p.payment_request_id
        left join reconciliation_case c on c.id = p.case_id
    where p.refund_id = p_refund
    order by p.part;

    -- An excess is part of amount_received; late money and lines without a notice are not.
    select coalesce(sum(p.amount), 0) into v_counted
    from refund_part p left join reconciliation_case c on c.id = p.case_id
    where p.refund_id = p_refund and (p.case_id is null
        or (c.kind = 'overpaid' and c.payment_request_id = v_refund.payment_request_id));
    select coalesce(sum(p.amount), 0) into v_fee
    from refund_part p join refund f on f.id = p.refund_id
    where p.payment_request_id = v_refund.payment_request_id and f.state in ('executed', 'settled');
    -- The status speaks of the fee: an excess that goes back leaves the request paid.
    update payment_request r set
        amount_refunded = r.amount_refunded + v_counted,
        status = case
            when r.status not in ('paid', 'partially_refunded') or v_fee = 0 then r.status
            when v_fee >= least(r.amount_received, r.amount_due) then 'refunded'
            else 'partially_refunded' end
    where r.id = v_refund.payment_request_id and v_counted > 0;
end $$;

-- Letters and digits alone: what is left of an id whatever a bank did to it.
create function plain_text(p_text text) returns text language sql immutable as $$
    select regexp_replace(upper(coalesce(p_text, '')), '[^0-9A-Z]', '', 'g')
$$;

-- Finds the refunds among an account's debit lines that have no outcome yet: by the id of the refund in the memo or the
-- transaction's id and the same amount; else where one refund alone and one line alone have that amount and that
-- beneficiary's account. Gives how many. To be called in the transaction of reconcile_account, before it.
create function match_refund_debits(p_run bigint, p_account text, p_through date, p_now timestamptz) returns integer
language plpgsql as $$
declare
    v_bank integer := ledger_account_of('bank', p_account);
    v_refund_account integer := ledger_account_of('refund', p_account);
    v_count integer;
    v_state reconciliation_state;
begin
    -- The locks of reconcile_account, in its order: one run of an account at a time.
    perform pg_advisory_xact_lock(hashtextextended('statement:' || p_account, 0));
    perform pg_advisory_xact_lock(hashtextextended('reconcile:' || p_account, 0));
    select * into v_state from reconciliation_state where account_number = p_account;
    v_state.through := coalesce(v_state.through, '-infinity'::date);
    v_state.line_id := coalesce(v_state.line_id, 0);
    perform 1 from refund where account_number = p_account and state = 'executed' order by id for update;
    -- Without a refund that waits, no line can be one.
    if not found then
        return 0;
    end if;
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

-- A debit line that was taken out of suspense turns out to be a refund: suspense gets its money back from it.
create function settle_refund_from_case(p_case bigint, p_refund uuid, p_now timestamptz) returns void
language plpgsql as $$
declare
    v_case reconciliation_case;
    v_refund refund;
    v_booked_on date;
begin
    select * into strict v_case from reconciliation_case where id = p_case for update;
    select * into strict v_refund from refund where id = p_refund for update;
    select booked_on into strict v_booked_on from statement_line where id = v_case.statement_line_id;
    insert into case_money (case_id) values (p_case) on conflict do nothing;
    insert into suspense_use (case_id, action, amount, refund_id)
    values (p_case, 'refund_line', -v_refund.amount, p_refund);
    insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id, statement_line_id, case_id,
        refund_id, booked_on, recorded_at)
    values (ledger_account_of('refund', v_refund.account_number), ledger_account_of('suspense', v_case.account_number),
        v_refund.amount, 'refund_paid', v_refund.payment_request_id, v_case.statement_line_id, p_case, p_refund,
        v_booked_on, p_now);
    update refund set state = 'settled', settled_at = p_now, statement_line_id = v_case.statement_line_id
    where id = p_refund;
end $$;
