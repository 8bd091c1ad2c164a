import Values

extension LedgerCheck {
    /// Checks of notices, postings and payment requests.
    static let paymentChecks: [Check] = [
        Check(
            name: "transfers_balance",
            title: Phrase(vi: "bút toán cân đối", en: "postings balance"),
            what: Phrase(vi: "bút toán", en: "postings"),
            count: "select count(*) from ledger_transfer",
            differences: [
                Phrase(
                    vi: "tổng nợ {1₫} khác tổng có {2₫}",
                    en: "debits of {1₫} and credits of {2₫} differ"
                ),
                Phrase(
                    vi: "bút toán {1} có số tiền {2₫} hoặc ghi nợ và ghi có cùng một tài khoản",
                    en: "posting {1} of {2₫} is not positive, or debits and credits the same account"
                ),
            ],
            sql: """
                select 0, jsonb_build_array(debits, credits) from (
                    select coalesce(sum(amount) filter (where debit_account is not null), 0) as debits,
                        coalesce(sum(amount) filter (where credit_account is not null), 0) as credits
                    from ledger_transfer) s
                where debits <> credits
                union all
                select 1, jsonb_build_array(id, amount) from ledger_transfer
                where amount <= 0 or debit_account = credit_account limit 1000
                """
        ),
        Check(
            name: "notices_are_booked",
            title: Phrase(vi: "thông báo đã ghi sổ đủ", en: "notices are booked"),
            what: Phrase(vi: "thông báo", en: "notices"),
            count: "select count(*) from bank_notice",
            differences: [
                Phrase(
                    vi: "thông báo {1}: hạch toán {2₫}, chờ xử lý {3₫} và bù trừ {6₫}, nhưng sổ ghi {4₫}, {5₫} và {7₫}",
                    en: "notice {1}: {2₫} applied, {3₫} to suspense and {6₫} cleared, but {4₫}, {5₫} and {7₫} booked"
                )
            ],
            sql: """
                select 0, jsonb_build_array(b.id, b.applied_amount, b.suspense_amount, coalesce(t.applied, 0), coalesce(t.suspense, 0),
                    b.cleared_amount, coalesce(t.cleared, 0))
                from bank_notice b full join (
                    select notice_id, sum(amount) filter (where kind = 'payment') as applied,
                        sum(amount) filter (where kind = 'suspense') as suspense,
                        sum(amount) filter (where kind = 'clearing') as cleared
                    from ledger_transfer t where notice_id is not null and kind in ('payment', 'suspense', 'clearing')
                        and not exists (select 1 from ledger_transfer r where r.reverses = t.id)
                    group by notice_id) t on t.notice_id = b.id
                where b.id is null or b.applied_amount <> coalesce(t.applied, 0)
                    or b.suspense_amount <> coalesce(t.suspense, 0) or b.cleared_amount <> coalesce(t.cleared, 0) limit 1000
                """
        ),
        Check(
            name: "amounts_received",
            title: Phrase(vi: "số đã nhận theo thông báo", en: "amounts received follow the notices"),
            what: Phrase(vi: "yêu cầu thanh toán", en: "payment requests"),
            count: "select count(*) from payment_request",
            differences: [
                Phrase(
                    vi: "yêu cầu {1}: đã nhận {2₫}, nhưng theo thông báo là {3₫}",
                    en: "request {1}: {2₫} received, but {3₫} according to the notices"
                )
            ],
            sql: """
                select 0, jsonb_build_array(r.id, r.amount_received, coalesce(n.received, 0))
                from payment_request r left join (
                    select n.payment_request_id, sum(n.amount) as received
                    from request_notice n join bank_notice b on b.id = n.notice_id
                    where b.outcome in ('settled', 'partial', 'overpaid') group by n.payment_request_id) n
                    on n.payment_request_id = r.id
                where r.amount_received <> coalesce(n.received, 0) limit 1000
                """
        ),
        Check(
            name: "revenue_matches_requests",
            title: Phrase(vi: "số thu khớp yêu cầu thanh toán", en: "revenue matches the requests"),
            what: Phrase(vi: "yêu cầu thanh toán", en: "payment requests"),
            count: "select count(*) from payment_request",
            differences: [
                Phrase(
                    vi: "yêu cầu {1}: hạch toán {2₫}, nhưng sổ thu có {3₫}",
                    en: "request {1}: {2₫} applied, but {3₫} in revenue"
                )
            ],
            sql: """
                select 0, jsonb_build_array(r.id, r.amount_applied, coalesce(t.revenue, 0))
                from payment_request r left join (
                    select payment_request_id, sum(amount) as revenue from ledger_transfer p where kind = 'payment'
                        and not exists (select 1 from ledger_transfer r where r.reverses = p.id)
                    group by payment_request_id) t on t.payment_request_id = r.id
                where coalesce(t.revenue, 0) <> r.amount_applied limit 1000
                """
        ),
        Check(
            name: "statuses_follow_events",
            title: Phrase(vi: "trạng thái theo sự kiện và số tiền", en: "statuses follow events and amounts"),
            what: Phrase(vi: "yêu cầu thanh toán", en: "payment requests"),
            count: "select count(*) from payment_request",
            differences: [
                Phrase(
                    vi: "yêu cầu {1}: trạng thái {2}, sự kiện cuối là {3}, phải nộp {4₫}, hạch toán {5₫}",
                    en: "request {1} is {2}, its last event is {3}, with {4₫} due and {5₫} applied"
                )
            ],
            sql: """
                select 0, jsonb_build_array(r.id, r.status, coalesce(e.to_status, '–'), r.amount_due, r.amount_applied)
                from payment_request r left join (
                    select distinct on (payment_request_id) payment_request_id, to_status from payment_request_event
                    order by payment_request_id, id desc) e on e.payment_request_id = r.id
                where r.status is distinct from e.to_status
                    or (r.status = 'paid' and r.amount_applied < r.amount_due)
                    or (r.status = 'pending' and r.amount_applied - r.fee_refund_claimed >= r.amount_due) limit 1000
                """
        ),
    ]
}
