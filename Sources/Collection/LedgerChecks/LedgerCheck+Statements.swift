import Values

extension LedgerCheck {
    /// Checks of statements and reconciliation.
    static let statementChecks: [Check] = [
        Check(
            name: "lines_are_booked",
            title: Phrase(vi: "dòng sao kê đã ghi sổ đủ", en: "statement lines are booked"),
            what: Phrase(vi: "dòng sao kê", en: "statement lines"),
            count: "select count(*) from statement_line",
            differences: [
                Phrase(
                    vi: "dòng {1}: chờ xử lý {2₫}, nhưng sổ ghi {3₫}",
                    en: "line {1}: {2₫} to suspense, but {3₫} booked"
                )
            ],
            sql: """
                select 0, jsonb_build_array(o.line_id, o.suspense_amount, coalesce(t.moved, 0))
                from line_outcome o left join (
                    select statement_line_id, sum(case when d.kind = 'bank' then t.amount else -t.amount end) as moved
                    from ledger_transfer t join ledger_account d on d.id = t.debit_account
                    where t.kind like 'statement_%' group by statement_line_id) t on t.statement_line_id = o.line_id
                where o.suspense_amount <> coalesce(t.moved, 0) limit 1000
                """
        ),
        Check(
            name: "outcomes_name_what_exists",
            title: Phrase(vi: "kết quả đối soát có dòng và thông báo", en: "outcomes have their line and notice"),
            what: Phrase(vi: "kết quả đối soát", en: "outcomes"),
            count: "select count(*) from line_outcome",
            differences: [
                Phrase(
                    vi: "kết quả của dòng {1} nêu một dòng hoặc thông báo không tồn tại",
                    en: "the outcome of line {1} names a line or notice that does not exist"
                ),
                Phrase(
                    vi: "dòng {1} xác nhận thông báo {2}, một trong hai không tồn tại",
                    en: "line {1} confirms notice {2}, one of which does not exist"
                ),
            ],
            sql: """
                select 0, jsonb_build_array(o.line_id)
                from line_outcome o left join statement_line l on l.id = o.line_id
                    left join bank_notice b on b.id = o.notice_id
                where l.id is null or (o.notice_id is not null and b.id is null)
                union all
                select 1, jsonb_build_array(n.line_id, n.notice_id)
                from line_notice n left join statement_line l on l.id = n.line_id
                    left join bank_notice b on b.id = n.notice_id
                where l.id is null or b.id is null limit 1000
                """
        ),
        Check(
            name: "unconfirmed_notices_are_known",
            title: Phrase(vi: "thông báo chưa xác nhận được theo dõi", en: "unconfirmed notices are tracked"),
            what: Phrase(vi: "thông báo chưa được sao kê xác nhận", en: "notices that no line has confirmed"),
            count: "select count(*) from unconfirmed_notice",
            differences: [
                Phrase(
                    vi: "thông báo {1} chưa xác nhận nhưng không được theo dõi",
                    en: "notice {1} is unconfirmed and is not tracked"
                ),
                Phrase(
                    vi: "thông báo {1} được theo dõi là chưa xác nhận, nhưng đã xác nhận",
                    en: "notice {1} is tracked as unconfirmed, but is confirmed"
                ),
            ],
            // Runs would never consider the first kind again, and would consider the second kind in vain.
            sql: """
                select 0, jsonb_build_array(p.id)
                from awaited_notice p join reconciliation_state s using (account_number)
                where p.source = 'callback' and p.id < s.notice_id and not exists (select 1 from unconfirmed_notice u where u.notice_id = p.id)
                union all
                select 1, jsonb_build_array(u.notice_id)
                from unconfirmed_notice u where not exists (select 1 from awaited_notice p where p.id = u.notice_id) limit 1000
                """
        ),
        Check(
            name: "statements_add_up",
            title: Phrase(vi: "sao kê cộng đúng", en: "statements add up"),
            what: Phrase(vi: "sao kê", en: "statements"),
            count: "select count(*) from statement",
            differences: [
                Phrase(
                    vi: "sao kê {1}: đầu kỳ {2₫} cộng các dòng {3₫} không bằng cuối kỳ {4₫}",
                    en: "statement {1}: opening {2₫} plus lines {3₫} is not closing {4₫}"
                ),
                Phrase(
                    vi: "sao kê {1}: {2} dòng của riêng nó, nhưng lưu {3}",
                    en: "statement {1}: {2} lines of its own, but {3} stored"
                ),
            ],
            sql: """
                select 0, jsonb_build_array(s.id, s.opening_balance, s.credits - s.debits, s.closing_balance)
                from statement s
                where s.opening_balance + s.credits - s.debits <> s.closing_balance
                union all
                select 1, jsonb_build_array(coalesce(s.id, l.statement_id), coalesce(s.lines - s.overlapping, 0), coalesce(l.n, 0))
                from statement s full join (
                    select statement_id, count(*) as n from (
                        select statement_id from statement_line
                        union all
                        select statement_id from undone_row where source = 'statement_line') line
                    group by 1) l on l.statement_id = s.id
                where coalesce(s.lines - s.overlapping, 0) <> coalesce(l.n, 0) limit 1000
                """
        ),
        Check(
            name: "clearing_is_explained",
            title: Phrase(
                vi: "tài khoản trung gian gồm các khoản quầy đã ghi",
                en: "clearing accounts hold what counters entered"
            ),
            what: Phrase(vi: "tài khoản", en: "accounts"),
            count: "select count(*) from ledger_account where kind = 'clearing'",
            differences: [
                Phrase(
                    vi: "cơ quan {1}: tài khoản trung gian có {2₫}, nhưng các khoản chưa thấy ở ngân hàng là {3₫}",
                    en: "agency {1}: {2₫} in clearing, but payments not yet shown by the bank are {3₫}"
                )
            ],
            sql: """
                select 0, jsonb_build_array(a.owner, coalesce(b.balance, 0), coalesce(i.open, 0))
                from ledger_account a left join (
                    select c.id, sum(case when t.debit_account = c.id then t.amount else -t.amount end) as balance
                    from ledger_account c join ledger_transfer t on c.id in (t.debit_account, t.credit_account)
                    where c.kind = 'clearing' group by c.id) b on b.id = a.id
                left join (
                    select ledger_account, sum(amount) as open from clearing_item where cleared_at is null
                    group by ledger_account) i on i.ledger_account = a.id
                where a.kind = 'clearing' and coalesce(b.balance, 0) <> coalesce(i.open, 0) limit 1000
                """
        ),
    ]
}
