import Values

extension LedgerCheck {
    /// Checks of payments through the national payment platform.
    static let platformChecks: [Check] = [
        Check(
            name: "platform_payments_are_booked",
            title: Phrase(
                vi: "lần thanh toán qua nền tảng đã trả có trong sổ",
                en: "what the platform was paid is booked"
            ),
            what: Phrase(vi: "lần thanh toán qua nền tảng", en: "attempts at the platform"),
            count: "select count(*) from platform_payment where state = 'paid'",
            differences: [
                Phrase(
                    vi: "lần {1} ghi đã trả bằng giao dịch {2}, nhưng sổ không có thông báo nào của giao dịch đó",
                    en: "attempt {1} states that {2} paid it, but there is no notice of that transaction"
                ),
                Phrase(
                    vi: "lần {1}, giao dịch {2}: đã hỏi {3₫}, nhưng thông báo là {4₫}",
                    en: "attempt {1}, transaction {2}: {3₫} was asked for, but its notice is {4₫}"
                ),
            ],
            sql: """
                select case when b.id is null then 0 else 1 end,
                    jsonb_build_array(p.code, p.transaction_id, p.amount, coalesce(b.amount, 0))
                from platform_payment p join platform_link l on l.id = p.link_id
                    join connection c on c.id = l.connection_id
                    left join lateral (
                        select b.id, b.amount, b.outcome from bank_notice b
                        where b.source = 'callback' and b.provider_transaction_id = p.transaction_id
                            and (b.issuer_id = c.issuer_id or b.connection_id = c.id)
                        order by b.id limit 1) b on true
                -- Another amount than was asked for is booked as what it is; it settles nothing.
                where p.state = 'paid' and (b.id is null or b.amount <> p.amount and b.outcome = 'settled')
                order by p.id limit 1000
                """
        )
    ]
}
