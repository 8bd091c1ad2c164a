import Values

extension LedgerCheck {
    /// Checks of receipts.
    static let receiptChecks: [Check] = [
        Check(
            name: "receipt_numbers_have_no_gaps",
            title: Phrase(vi: "số biên lai liên tục", en: "receipt numbers have no gaps"),
            what: Phrase(vi: "biên lai", en: "receipts"),
            count: "select count(*) from receipt",
            differences: [
                Phrase(
                    vi: "cơ quan {1}, {2} {3}: số cuối {4}, nhưng có {5} biên lai từ {6} đến {7}",
                    en: "agency {1}, {2} {3}: last number {4}, but {5} receipts from {6} to {7}"
                ),
                Phrase(
                    vi: "biên lai {1} của cơ quan {2}, nhưng yêu cầu là của cơ quan {3}",
                    en: "receipt {1} is of agency {2}, but its request of agency {3}"
                ),
            ],
            sql: """
                select 0, jsonb_build_array(s.agency_code, s.kind, s.serial, s.last_number, n.count, n.first, n.last)
                from receipt_series s cross join lateral (
                    select count(*) as count, coalesce(min(number), 1) as first, coalesce(max(number), 0) as last
                    from receipt r where r.series_id = s.id) n
                where s.last_number <> n.count or s.last_number <> n.last or n.first <> 1
                union all
                select 1, jsonb_build_array(r.id, s.agency_code, q.agency_code)
                from receipt r join receipt_series s on s.id = r.series_id
                    left join payment_request q on q.id = r.payment_request_id
                where q.agency_code is distinct from s.agency_code
                limit 1000
                """
        ),
        Check(
            name: "receipts_match_payments",
            title: Phrase(vi: "biên lai khớp số đã thu", en: "receipts match what was collected"),
            what: Phrase(vi: "yêu cầu có biên lai", en: "requests with receipts"),
            count: "select count(distinct payment_request_id) from receipt",
            differences: [
                Phrase(
                    vi: "yêu cầu {1}: biên lai ghi {2₫}, nhưng đã thu {3₫}",
                    en: "request {1}: receipts state {2₫}, but {3₫} was collected"
                )
            ],
            // What stands of a request is its receipts that none replaces.
            sql: """
                select 0, jsonb_build_array(q.id, r.stated, k.kept)
                from (
                    select payment_request_id, sum(amount) filter (where not exists (
                        select 1 from receipt n where n.replaces = x.id)) as stated
                    from receipt x group by 1) r
                    join payment_request q on q.id = r.payment_request_id
                    cross join lateral (
                        select case when q.paid_at is null then 0 else least(q.amount_due, q.amount_applied - coalesce((
                            select sum(p.amount) from refund_part p join refund f on f.id = p.refund_id
                            where p.payment_request_id = q.id and f.state in ('executed', 'settled')), 0)) end as kept
                    ) k
                where r.stated <> k.kept limit 1000
                """
        ),
    ]
}
