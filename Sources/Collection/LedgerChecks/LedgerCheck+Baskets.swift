import Values

extension LedgerCheck {
    /// Checks of what notices paid of the requests of baskets.
    static let basketChecks: [Check] = [
        Check(
            name: "baskets_are_shared_out",
            title: Phrase(vi: "tiền nộp theo giỏ chia đúng hồ sơ", en: "money for baskets is shared out exactly"),
            what: Phrase(vi: "thông báo theo giỏ", en: "notices for baskets"),
            count: "select count(*) from basket_notice",
            differences: [
                Phrase(
                    vi: "thông báo {1}: hạch toán {2₫}, nhưng chia cho các hồ sơ của giỏ {3₫}",
                    en: "notice {1}: {2₫} applied, but {3₫} shared out among the requests of its basket"
                ),
                Phrase(
                    vi: "thông báo {1} chia cho yêu cầu {2} {3₫}, nhưng sổ ghi {4₫}",
                    en: "notice {1} paid {3₫} of request {2}, but {4₫} is booked"
                ),
                Phrase(
                    vi: "thông báo {1} nộp cho yêu cầu {2} không thuộc giỏ",
                    en: "notice {1} paid request {2}, which is not of its basket"
                ),
                Phrase(
                    vi: "giỏ {1} có yêu cầu {2} thu vào tài khoản khác",
                    en: "basket {1} has request {2}, which collects on another account"
                ),
            ],
            sql: """
                select 0, jsonb_build_array(b.id, b.applied_amount, coalesce(p.total, 0))
                from bank_notice b left join (
                    select notice_id, sum(amount) as total from basket_part group by 1) p on p.notice_id = b.id
                where b.payment_request_id is null and b.applied_amount <> coalesce(p.total, 0)
                    or b.payment_request_id is not null and p.total is not null
                union all
                select 1, jsonb_build_array(p.notice_id, p.payment_request_id, p.amount, coalesce(t.booked, 0))
                from basket_part p left join (
                    select notice_id, payment_request_id, sum(amount) as booked from ledger_transfer
                    where kind = 'payment' and notice_id in (select n.notice_id from basket_notice n) group by 1, 2) t
                    on t.notice_id = p.notice_id and t.payment_request_id = p.payment_request_id
                where p.amount <> coalesce(t.booked, 0)
                union all
                select 2, jsonb_build_array(p.notice_id, p.payment_request_id)
                from basket_part p join basket_notice n on n.notice_id = p.notice_id
                    left join basket_item i on i.basket_id = n.basket_id and i.place = p.place
                where i.payment_request_id is distinct from p.payment_request_id
                union all
                select 3, jsonb_build_array(i.basket_id, i.payment_request_id)
                from basket_item i join basket b on b.id = i.basket_id
                    join payment_request r on r.id = i.payment_request_id
                where r.account_number <> b.account_number limit 1000
                """
        )
    ]
}
