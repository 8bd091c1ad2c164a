import Values

extension LedgerCheck {
    /// Checks of recoveries that another person must confirm.
    static let recoveryChecks: [Check] = [
        Check(
            name: "recoveries_are_decided",
            title: Phrase(vi: "khoản ghi nhận từ sao kê được xác nhận đúng", en: "recoveries are confirmed properly"),
            what: Phrase(vi: "đề xuất ghi nhận từ sao kê", en: "proposed recoveries"),
            count: "select count(*) from recovery_proposal",
            differences: [
                Phrase(
                    vi: "dòng {1}: {2₫} vào tài khoản chờ xử lý, nhưng đề xuất ghi nhận {3₫}",
                    en: "line {1}: {2₫} to suspense, but recoveries of {3₫} proposed"
                ),
                Phrase(
                    vi: "đề xuất {1} ({2}) của dòng {3} không có thông báo được dòng đó xác nhận",
                    en: "recovery {1} ({2}) of line {3} has no notice that the line confirms"
                ),
                Phrase(
                    vi: "đề xuất {1} của dòng {2} bị từ chối nhưng dòng không có vụ việc",
                    en: "recovery {1} of line {2} was rejected, but the line has no case"
                ),
                Phrase(
                    vi: "đề xuất {1} của dòng {2} do chính người nhập sao kê xác nhận",
                    en: "recovery {1} of line {2} was confirmed by who imported the statement"
                ),
            ],
            sql: """
                select 0, jsonb_build_array(line_id, coalesce(o.suspense_amount, 0), coalesce(p.amount, 0))
                from (select line_id, suspense_amount from line_outcome where outcome = 'recovered' and suspense_amount <> 0) o
                    full join (select line_id, sum(amount) as amount from recovery_proposal where state <> 'undone'
                        group by 1) p using (line_id)
                where o.suspense_amount is distinct from p.amount
                union all
                select 1, jsonb_build_array(p.id, p.state, p.line_id) from recovery_proposal p
                where p.state in ('confirmed', 'superseded') and not exists (
                    select 1 from line_notice n join bank_notice b on b.id = n.notice_id
                    where n.line_id = p.line_id and n.notice_id = p.notice_id
                        and (b.applied_amount + b.suspense_amount = p.amount or exists (
                            select 1 from basket_part t where t.notice_id = b.id
                                and t.payment_request_id = p.payment_request_id and t.amount = p.amount)))
                union all
                select 2, jsonb_build_array(p.id, p.line_id) from recovery_proposal p
                where p.state = 'rejected' and not exists (
                    select 1 from reconciliation_case c where c.statement_line_id = p.line_id
                        and c.kind in ('amount_mismatch', 'duplicate_line', 'unmatched'))
                union all
                select 3, jsonb_build_array(p.id, p.line_id)
                from recovery_proposal p join statement s on s.id = p.statement_id
                where p.state = 'confirmed' and p.decided_by = s.imported_by_id limit 1000
                """
        )
    ]
}
