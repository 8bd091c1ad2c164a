import Values

extension LedgerCheck {
    /// Checks of the totals kept for reports.
    static let totalChecks: [Check] = [
        Check(
            name: "daily_totals",
            title: Phrase(vi: "tổng theo ngày", en: "daily totals"),
            what: Phrase(vi: "ngày và kênh", en: "days and channels"),
            count: "select count(distinct (paid_on, agency_code, channel)) from daily_total",
            differences: [
                Phrase(
                    vi: "{1} {2} {3}: lưu {4} yêu cầu, {5₫}; theo khoản nộp là {6}, {7₫}",
                    en: "{1} {2} {3}: {4} requests of {5₫} kept, but {6} of {7₫} according to the payments"
                )
            ],
            sql: """
                select 0, jsonb_build_array(paid_on, agency_code, channel,
                    coalesce(k.n, 0), coalesce(k.amount, 0), coalesce(p.n, 0), coalesce(p.amount, 0))
                from (
                    select paid_on, agency_code, channel, sum(paid_requests) as n, sum(amount_total) as amount,
                        sum(discount_total) as discount
                    from daily_total group by 1, 2, 3) k
                full join (
                    select paid_on, agency_code, channel, count(*) as n, sum(amount_due) as amount,
                        sum(discount_total) as discount
                    from payment_request where status in ('paid', 'partially_refunded') and amount_due > 0
                    group by 1, 2, 3) p using (paid_on, agency_code, channel)
                where coalesce(k.n, 0) <> coalesce(p.n, 0) or coalesce(k.amount, 0) <> coalesce(p.amount, 0)
                    or coalesce(k.discount, 0) <> coalesce(p.discount, 0) limit 1000
                """
        ),
        Check(
            name: "daily_procedure_totals",
            title: Phrase(vi: "tổng theo ngày và thủ tục", en: "daily totals of procedures"),
            what: Phrase(vi: "ngày, thủ tục và kênh", en: "days, procedures and channels"),
            count: "select count(distinct (paid_on, agency_code, procedure_code, channel)) from daily_procedure_total",
            differences: [
                Phrase(
                    vi: "{1} {2} {3} {4}: lưu {5} yêu cầu, {6₫}; theo khoản nộp là {7}, {8₫}",
                    en: "{1} {2} {3} {4}: {5} requests of {6₫} kept, but {7} of {8₫} according to the payments"
                )
            ],
            sql: """
                select 0, jsonb_build_array(paid_on, agency_code, procedure_code, channel,
                    coalesce(k.n, 0), coalesce(k.amount, 0), coalesce(p.n, 0), coalesce(p.amount, 0))
                from (
                    select paid_on, agency_code, procedure_code, channel, sum(paid_requests) as n,
                        sum(amount_total) as amount, sum(discount_total) as discount
                    from daily_procedure_total group by 1, 2, 3, 4) k
                full join (
                    select paid_on, agency_code, procedure_code, channel, count(*) as n, sum(amount_due) as amount,
                        sum(discount_total) as discount
                    from payment_request where status in ('paid', 'partially_refunded') and amount_due > 0
                    group by 1, 2, 3, 4) p using (paid_on, agency_code, procedure_code, channel)
                where coalesce(k.n, 0) <> coalesce(p.n, 0) or coalesce(k.amount, 0) <> coalesce(p.amount, 0)
                    or coalesce(k.discount, 0) <> coalesce(p.discount, 0) limit 1000
                """
        ),
    ]
}
