-- Why: pays a request from what a case holds, through settle_notices. Whatever part of a line or of a notice that is
-- not still due stays where it is.
-- Reads: reconciliation_case, payment_request, statement_line, bank_notice, suspense_use
-- Writes: case_money, suspense_use; what settle_notices writes
-- Locks: the case, then the request, then those of settle_notices
create or replace function settle_case_money(p_case bigint, p_request uuid, p_amount bigint, p_now timestamptz)
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
