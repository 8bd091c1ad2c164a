import Values

extension LedgerCheck {
    /// Checks of refunds and suspense.
    static let refundChecks: [Check] = [
        Check(
            name: "refunds_are_booked",
            title: Phrase(vi: "khoản hoàn đã ghi sổ đủ", en: "refunds are booked"),
            what: Phrase(vi: "khoản hoàn", en: "refunds"),
            count: "select count(*) from refund",
            differences: [
                Phrase(
                    vi: "khoản hoàn {1} ({2}) {3₫}: ghi sổ {4₫}, đã chi {5₫}, các phần cộng lại {6₫}",
                    en: "refund {1} ({2}) of {3₫}: {4₫} booked, {5₫} paid, parts of {6₫}"
                )
            ],
            sql: """
                select 0, jsonb_build_array(f.id, f.state, f.amount,
                    coalesce(t.booked, 0), coalesce(t.paid, 0), coalesce(p.amount, 0))
                from refund f left join (
                    select refund_id, sum(amount) filter (where kind = 'refund') as booked,
                        sum(amount) filter (where kind = 'refund_paid') as paid
                    from ledger_transfer p where refund_id is not null
                        and not exists (select 1 from ledger_transfer r where r.reverses = p.id)
                    group by refund_id) t on t.refund_id = f.id
                left join (select refund_id, sum(amount) as amount from refund_part group by refund_id) p
                    on p.refund_id = f.id
                where coalesce(p.amount, 0) <> f.amount
                    or coalesce(t.booked, 0) <> case when f.state in ('executed', 'settled') then f.amount else 0 end
                    or coalesce(t.paid, 0) <> case when f.state = 'settled' then f.amount else 0 end limit 1000
                """
        ),
        Check(
            name: "refund_claims",
            title: Phrase(vi: "số đã dành để hoàn", en: "amounts reserved for refunds"),
            what: Phrase(vi: "yêu cầu thanh toán", en: "payment requests"),
            count: "select count(*) from payment_request where fee_refund_claimed > 0",
            differences: [
                Phrase(
                    vi: "yêu cầu {1}: đã dành {2₫} để hoàn, nhưng các khoản hoàn là {3₫}",
                    en: "request {1}: {2₫} reserved for refunds, but refunds of {3₫}"
                )
            ],
            sql: """
                select 0, jsonb_build_array(coalesce(r.id, c.payment_request_id), coalesce(r.fee_refund_claimed, 0),
                    coalesce(c.amount, 0))
                from (select id, fee_refund_claimed from payment_request where fee_refund_claimed > 0) r
                full join (
                    select p.payment_request_id, sum(p.amount) as amount
                    from refund_part p join refund f on f.id = p.refund_id
                    where p.payment_request_id is not null and f.state <> 'rejected' group by 1) c
                    on c.payment_request_id = r.id
                where coalesce(r.fee_refund_claimed, 0) <> coalesce(c.amount, 0) limit 1000
                """
        ),
        Check(
            name: "suspense_is_explained",
            title: Phrase(
                vi: "tiền chờ xử lý thuộc các vụ việc hoặc chờ xác nhận",
                en: "suspense is held by cases or awaits confirmation"
            ),
            what: Phrase(vi: "tài khoản", en: "accounts"),
            count: "select count(*) from ledger_account where kind = 'suspense'",
            differences: [
                Phrase(
                    vi: "tài khoản {1}: chờ xử lý {2₫}, nhưng các vụ việc và khoản chờ xác nhận giữ {3₫}",
                    en: "account {1}: {2₫} in suspense, but {3₫} held by cases and what awaits confirmation"
                )
            ],
            // The balance must equal the amount that cases hold, minus what was taken out, plus the amount of lines
            // that wait for confirmation; a refund takes money out when it is executed.
            sql: """
                select 0, jsonb_build_array(coalesce(b.owner, h.account_number), coalesce(b.balance, 0), coalesce(h.held, 0))
                from (
                    select a.owner, sum(case when t.credit_account = a.id then t.amount else -t.amount end) as balance
                    from ledger_account a join ledger_transfer t on a.id in (t.debit_account, t.credit_account)
                    where a.kind = 'suspense' group by a.owner) b
                full join (
                    select account_number, sum(held) as held from (
                        select c.account_number, case_held(c.id) - coalesce(u.used, 0) as held
                        from reconciliation_case c left join (
                            select u.case_id, sum(u.amount) as used
                            from suspense_use u left join refund f on f.id = u.refund_id
                            where u.action not in ('refund', 'release') or f.state in ('executed', 'settled')
                            group by u.case_id) u on u.case_id = c.id
                        union all
                        select s.account_number, p.amount
                        from recovery_proposal p join statement s on s.id = p.statement_id where p.state = 'waiting') part
                    group by account_number) h on h.account_number = b.owner
                where coalesce(b.balance, 0) <> coalesce(h.held, 0) limit 1000
                """
        ),
        Check(
            name: "ended_cases_hold_nothing",
            title: Phrase(vi: "vụ việc đã kết thúc không còn giữ tiền", en: "ended cases hold no money"),
            what: Phrase(vi: "vụ việc đã kết thúc", en: "ended cases"),
            count: "select count(*) from reconciliation_case where state <> 'open'",
            differences: [
                Phrase(
                    vi: "vụ việc {1} ({2}) kết thúc khi còn {3₫} chờ xử lý, người kết thúc: {4}",
                    en: "case {1} ({2}) ended with {3₫} in suspense, by {4}"
                )
            ],
            // A case that holds money is listed as open until two persons have decided about all of it.
            sql: """
                select 0, jsonb_build_array(c.id, c.kind, case_held(c.id) - coalesce(m.used, 0),
                    coalesce(c.ended_by, 'khop'))
                from reconciliation_case c join case_kind k on k.kind = c.kind and k.held_by is not null
                    left join case_money m on m.case_id = c.id
                where c.state <> 'open' and case_held(c.id) <> coalesce(m.used, 0) limit 1000
                """
        ),
    ]
}
