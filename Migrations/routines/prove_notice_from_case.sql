-- Why: lets a line that lies in suspense prove a notice of the same amount: what was booked for it a second time is
-- taken back, and the payment is missing no more.
-- Reads: reconciliation_case, statement_line, line_notice, awaited_notice
-- Writes: case_money, suspense_use, line_notice, ledger_transfer, ledger_account, unproved_notice, reconciliation_case
-- Locks: the case of the line, and its row in case_money; the case of the notice
create or replace function prove_notice_from_case(p_case bigint, p_notice bigint, p_now timestamptz) returns void
language plpgsql as $$
declare
    v_case reconciliation_case;
    v_line statement_line;
    v_notice awaited_notice;
begin
    select * into strict v_case from reconciliation_case where id = p_case for update;
    select * into strict v_line from statement_line where id = v_case.statement_line_id;
    select * into v_notice from awaited_notice where id = p_notice;
    if v_notice.id is null or v_case.kind not in ('amount_mismatch', 'duplicate_line', 'unmatched')
        or v_notice.account_number <> v_line.account_number or v_notice.amount <> v_line.amount
        or exists (select 1 from line_notice n where n.line_id = v_line.id)
    then
        raise exception 'line % cannot prove notice %', v_line.id, p_notice
            using errcode = 'check_violation', constraint = 'case_line_proves_nothing';
    end if;
    insert into case_money (case_id) values (p_case) on conflict do nothing;
    insert into suspense_use (case_id, action, amount, notice_id) values (p_case, 'prove', v_line.amount, p_notice);
    insert into line_notice (line_id, notice_id) values (v_line.id, p_notice);
    insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id, statement_line_id,
        case_id, booked_on, recorded_at)
    values (ledger_account_of('suspense', v_line.account_number), ledger_account_of('bank', v_line.account_number),
        v_line.amount, 'proved_by_hand', v_notice.payment_request_id, v_line.id, p_case, v_line.booked_on, p_now);
    delete from unproved_notice where notice_id = p_notice;
    update reconciliation_case set state = 'closed', ended_at = p_now, ended_by = 'system', action = 'line_came'
    where kind = 'missing_at_bank' and notice_id = p_notice and state = 'open';
end $$;
