import Values

extension LedgerCheck {
    /// Checks of what goes to the State Treasury.
    static let remittanceChecks: [Check] = [
        Check(
            name: "remittances_are_booked",
            title: Phrase(vi: "lệnh nộp ngân sách đã ghi sổ đủ", en: "orders to the Treasury are booked"),
            what: Phrase(vi: "lệnh nộp", en: "orders"),
            count: "select count(*) from remittance",
            differences: [
                Phrase(
                    vi: "lệnh {1}: {2₫}, nhưng các dòng cộng lại {3₫}",
                    en: "order {1} is of {2₫}, but its lines add up to {3₫}"
                ),
                Phrase(
                    vi: "cơ quan {1}: sổ ghi đã nộp ngân sách {2₫}, nhưng các lệnh đã gửi là {3₫}",
                    en: "agency {1}: {2₫} passed on in the books, but orders of {3₫} were sent"
                ),
                Phrase(
                    vi: "tài khoản {1}: sổ ghi đang chuyển kho bạc {2₫}, nhưng các lệnh chưa thấy trên sao kê là {3₫}",
                    en: "account {1}: {2₫} on the way in the books, but orders of {3₫} await their lines"
                ),
                Phrase(
                    vi: "lệnh {1}: {2₫}, nhưng dòng sao kê {3} là {4₫}",
                    en: "order {1} is of {2₫}, but statement line {3} of {4₫}"
                ),
            ],
            sql: """
                select 0, jsonb_build_array(r.id, r.amount, coalesce(l.amount, 0))
                from remittance r left join (
                    select remittance_id, sum(amount) as amount from remittance_line group by 1) l
                    on l.remittance_id = r.id
                where l.amount is distinct from r.amount
                union all
                select coalesce(k.place, o.place), jsonb_build_array(coalesce(b.owner, o.owner), coalesce(b.balance, 0),
                    coalesce(o.amount, 0))
                from (values (1, 'budget', 1), (2, 'remittance', -1)) as k (place, kind, sign) cross join lateral (
                    select a.owner, k.sign * sum(case when t.debit_account = a.id then t.amount else -t.amount end)
                        as balance
                    from ledger_account a join ledger_transfer t on a.id in (t.debit_account, t.credit_account)
                    where a.kind = k.kind group by a.owner) b
                full join (
                    select 1 as place, agency_code as owner, sum(amount) as amount from remittance
                    where state in ('sent', 'settled') group by agency_code
                    union all
                    select 2, account_number, sum(amount) from remittance where state = 'sent' group by account_number) o
                    on o.owner = b.owner and o.place = k.place
                where coalesce(b.balance, 0) <> coalesce(o.amount, 0)
                union all
                select 3, jsonb_build_array(r.id, r.amount, l.id, l.amount)
                from remittance r left join statement_line l
                    on l.id = r.statement_line_id and l.account_number = r.account_number
                where r.state = 'settled' and l.amount is distinct from -r.amount
                limit 1000
                """
        )
    ]
}
