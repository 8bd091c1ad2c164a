public import Postgres
public import Values

/// Recomputes everything that can be derived, and says where the books differ from it.
public struct LedgerCheck: Sendable {
    private let database: Database

    public init(_ database: Database) { self.database = database }

    /// One thing that was recomputed.
    public struct Finding: Sendable {
        /// Stable, snake_case.
        public let name: String
        public let ok: Bool
        /// How much was looked at, or the first few differences.
        public let detail: Phrase
    }

    /// Runs every check in one snapshot, so that payments arriving meanwhile cannot look like differences.
    public func verify() async throws -> [Finding] {
        try await database.read { tx in
            // Years of transfers are read whole; the statement timeout is for requests.
            try tx.script("set local statement_timeout = 0")
            return try LedgerCheck.checks.map { check in
                let rows = try tx.query(Query(trustedSQL: check.sql))
                let looked = try tx.query(Query(trustedSQL: check.count)).row().get(0, as: Int64.self)
                let differences = try rows.prefix(5).map { try $0.get(0, as: String.self) }
                return Finding(
                    name: check.name,
                    ok: rows.isEmpty,
                    detail: rows.isEmpty
                        ? Phrase(
                            vi: "\(looked) \(check.what[.vietnamese]) khớp",
                            en: "\(looked) \(check.what[.english]) agree"
                        ) : LedgerCheck.describe(differences, others: rows.count - differences.count)
                )
            }
        }
    }

    private static func describe(_ differences: [String], others: Int) -> Phrase {
        let text = Phrase(vi: "sai lệch: ", en: "differences: ").followed(by: differences.joined(separator: "; "))
        guard others > 0 else { return text }
        return Phrase(vi: text[.vietnamese] + " và \(others) sai lệch khác", en: text[.english] + " and \(others) more")
    }

    private struct Check: Sendable {
        let name: String
        /// What is counted when all is well.
        let what: Phrase
        let count: String
        /// Gives one text a difference; at most 1,000 are told.
        let sql: String
    }

    private static let checks: [Check] = [
        Check(
            name: "transfers_balance",
            what: Phrase(vi: "bút toán", en: "postings"),
            count: "select count(*) from ledger_transfer",
            sql: """
                select 'debits ' || debits || ' and credits ' || credits || ' differ' from (
                    select coalesce(sum(amount) filter (where debit_account is not null), 0) as debits,
                        coalesce(sum(amount) filter (where credit_account is not null), 0) as credits
                    from ledger_transfer) s
                where debits <> credits
                union all
                select 'transfer ' || id || ' moves ' || amount from ledger_transfer
                where amount <= 0 or debit_account = credit_account limit 1000
                """
        ),
        Check(
            name: "notices_are_booked",
            what: Phrase(vi: "thông báo", en: "notices"),
            count: "select count(*) from bank_notice",
            sql: """
                select 'notice ' || b.id || ': applied ' || b.applied_amount || ' and suspense ' || b.suspense_amount
                    || ', booked ' || coalesce(t.applied, 0) || ' and ' || coalesce(t.suspense, 0)
                from bank_notice b full join (
                    select notice_id, sum(amount) filter (where kind = 'payment') as applied,
                        sum(amount) filter (where kind = 'suspense') as suspense
                    from ledger_transfer where notice_id is not null and kind in ('payment', 'suspense')
                    group by notice_id) t on t.notice_id = b.id
                where b.id is null or b.applied_amount <> coalesce(t.applied, 0)
                    or b.suspense_amount <> coalesce(t.suspense, 0) limit 1000
                """
        ),
        Check(
            name: "amounts_received",
            what: Phrase(vi: "yêu cầu thanh toán", en: "payment requests"),
            count: "select count(*) from payment_request",
            sql: """
                select 'request ' || r.id || ': received ' || r.amount_received || ', notices say ' || coalesce(n.received, 0)
                from payment_request r left join (
                    select payment_request_id, sum(amount) as received from bank_notice
                    where outcome in ('settled', 'partial', 'overpaid') group by payment_request_id) n
                    on n.payment_request_id = r.id
                where r.amount_received <> coalesce(n.received, 0) limit 1000
                """
        ),
        Check(
            name: "revenue_matches_requests",
            what: Phrase(vi: "yêu cầu thanh toán", en: "payment requests"),
            count: "select count(*) from payment_request",
            sql: """
                select 'request ' || r.id || ' (' || r.status || '): applied ' || r.amount_applied || ', in revenue '
                    || coalesce(t.revenue, 0)
                from payment_request r left join (
                    select payment_request_id, sum(amount) as revenue from ledger_transfer where kind = 'payment'
                    group by payment_request_id) t on t.payment_request_id = r.id
                where coalesce(t.revenue, 0) <> r.amount_applied limit 1000
                """
        ),
        Check(
            name: "statuses_follow_events",
            what: Phrase(vi: "yêu cầu thanh toán", en: "payment requests"),
            count: "select count(*) from payment_request",
            sql: """
                select 'request ' || r.id || ' is ' || r.status || ', its last event says ' || coalesce(e.to_status, 'nothing')
                from payment_request r left join (
                    select distinct on (payment_request_id) payment_request_id, to_status from payment_request_event
                    order by payment_request_id, id desc) e on e.payment_request_id = r.id
                where r.status is distinct from e.to_status
                    or (r.status = 'paid' and r.amount_applied < r.amount_due)
                    or (r.status = 'pending' and r.amount_applied - r.fee_refund_claimed >= r.amount_due) limit 1000
                """
        ),
        Check(
            name: "daily_totals",
            what: Phrase(vi: "ngày và kênh", en: "days and channels"),
            count: "select count(distinct (paid_on, agency_code, channel)) from daily_total",
            sql: """
                select coalesce(k.paid_on, p.paid_on) || ' ' || coalesce(k.agency_code, p.agency_code) || ' '
                    || coalesce(k.channel, p.channel) || ': kept ' || coalesce(k.n, 0) || ' requests of '
                    || coalesce(k.amount, 0) || ', payments say ' || coalesce(p.n, 0) || ' of ' || coalesce(p.amount, 0)
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
            what: Phrase(vi: "ngày, thủ tục và kênh", en: "days, procedures and channels"),
            count: "select count(distinct (paid_on, agency_code, procedure_code, channel)) from daily_procedure_total",
            sql: """
                select coalesce(k.paid_on, p.paid_on) || ' ' || coalesce(k.agency_code, p.agency_code) || ' '
                    || coalesce(k.procedure_code, p.procedure_code) || ' ' || coalesce(k.channel, p.channel) || ': kept '
                    || coalesce(k.n, 0) || ' requests of ' || coalesce(k.amount, 0) || ', payments say '
                    || coalesce(p.n, 0) || ' of ' || coalesce(p.amount, 0)
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
        Check(
            name: "refunds_are_booked",
            what: Phrase(vi: "khoản hoàn", en: "refunds"),
            count: "select count(*) from refund",
            sql: """
                select 'refund ' || f.id || ' (' || f.state || ') of ' || f.amount || ': booked ' || coalesce(t.booked, 0)
                    || ', paid ' || coalesce(t.paid, 0) || ', parts ' || coalesce(p.amount, 0)
                from refund f left join (
                    select refund_id, sum(amount) filter (where kind = 'refund') as booked,
                        sum(amount) filter (where kind = 'refund_paid') as paid
                    from ledger_transfer where refund_id is not null group by refund_id) t on t.refund_id = f.id
                left join (select refund_id, sum(amount) as amount from refund_part group by refund_id) p
                    on p.refund_id = f.id
                where coalesce(p.amount, 0) <> f.amount
                    or coalesce(t.booked, 0) <> case when f.state in ('executed', 'settled') then f.amount else 0 end
                    or coalesce(t.paid, 0) <> case when f.state = 'settled' then f.amount else 0 end limit 1000
                """
        ),
        Check(
            name: "refund_claims",
            what: Phrase(vi: "yêu cầu thanh toán", en: "payment requests"),
            count: "select count(*) from payment_request where fee_refund_claimed > 0",
            sql: """
                select 'request ' || coalesce(r.id, c.payment_request_id) || ': claimed ' || coalesce(r.fee_refund_claimed, 0)
                    || ', refunds say ' || coalesce(c.amount, 0)
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
            what: Phrase(vi: "tài khoản", en: "accounts"),
            count: "select count(*) from ledger_account where kind = 'suspense'",
            // What lies in suspense is what the cases hold and nobody has taken out; a refund takes it out when executed.
            sql: """
                select 'account ' || coalesce(b.owner, h.account_number) || ': in suspense ' || coalesce(b.balance, 0)
                    || ', cases hold ' || coalesce(h.held, 0)
                from (
                    select a.owner, sum(case when t.credit_account = a.id then t.amount else -t.amount end) as balance
                    from ledger_account a join ledger_transfer t on a.id in (t.debit_account, t.credit_account)
                    where a.kind = 'suspense' group by a.owner) b
                full join (
                    select c.account_number, sum(case_held(c.id) - coalesce(u.used, 0)) as held
                    from reconciliation_case c left join (
                        select u.case_id, sum(u.amount) as used
                        from suspense_use u left join refund f on f.id = u.refund_id
                        where u.action not in ('refund', 'release') or f.state in ('executed', 'settled')
                        group by u.case_id) u on u.case_id = c.id
                    group by c.account_number) h on h.account_number = b.owner
                where coalesce(b.balance, 0) <> coalesce(h.held, 0) limit 1000
                """
        ),
        Check(
            name: "ended_cases_hold_nothing",
            what: Phrase(vi: "vụ việc đã kết thúc", en: "cases that ended"),
            count: "select count(*) from reconciliation_case where state <> 'open'",
            // A case that holds money is in every list of open ones until two persons have decided about all of it.
            sql: """
                select 'case ' || c.id || ' (' || c.kind || ') ended with ' || case_held(c.id) - coalesce(m.used, 0)
                    || ' in suspense, by ' || coalesce(c.ended_by, 'nobody')
                from reconciliation_case c join case_kind k on k.kind = c.kind and k.held_by is not null
                    left join case_money m on m.case_id = c.id
                where c.state <> 'open' and case_held(c.id) <> coalesce(m.used, 0) limit 1000
                """
        ),
        Check(
            name: "lines_are_booked",
            what: Phrase(vi: "dòng sao kê", en: "statement lines"),
            count: "select count(*) from statement_line",
            sql: """
                select 'line ' || o.line_id || ': suspense ' || o.suspense_amount || ', booked ' || coalesce(t.moved, 0)
                from line_outcome o left join (
                    select statement_line_id, sum(case when d.kind = 'bank' then t.amount else -t.amount end) as moved
                    from ledger_transfer t join ledger_account d on d.id = t.debit_account
                    where t.kind like 'statement_%' group by statement_line_id) t on t.statement_line_id = o.line_id
                where o.suspense_amount <> coalesce(t.moved, 0) limit 1000
                """
        ),
        Check(
            name: "outcomes_name_what_exists",
            what: Phrase(vi: "kết quả đối soát", en: "outcomes"),
            count: "select count(*) from line_outcome",
            sql: """
                select 'the outcome of line ' || o.line_id || ' names what does not exist'
                from line_outcome o left join statement_line l on l.id = o.line_id
                    left join bank_notice b on b.id = o.notice_id
                where l.id is null or (o.notice_id is not null and b.id is null)
                union all
                select 'line ' || n.line_id || ' proves notice ' || n.notice_id || ', one of which does not exist'
                from line_notice n left join statement_line l on l.id = n.line_id
                    left join bank_notice b on b.id = n.notice_id
                where l.id is null or b.id is null limit 1000
                """
        ),
        Check(
            name: "unproved_notices_are_known",
            what: Phrase(vi: "thông báo chưa được sao kê xác nhận", en: "notices that no line has confirmed"),
            count: "select count(*) from unproved_notice",
            // What a run would never look at again, were it not here; and what it would look at for nothing.
            sql: """
                select 'notice ' || p.id || ' is unproved and was lost sight of'
                from awaited_notice p join reconciliation_state s using (account_number)
                where p.id < s.notice_id and not exists (select 1 from unproved_notice u where u.notice_id = p.id)
                union all
                select 'notice ' || u.notice_id || ' is listed as unproved and is not'
                from unproved_notice u where not exists (select 1 from awaited_notice p where p.id = u.notice_id) limit 1000
                """
        ),
        Check(
            name: "statements_add_up",
            what: Phrase(vi: "sao kê", en: "statements"),
            count: "select count(*) from statement",
            sql: """
                select 'statement ' || s.id || ': opening ' || s.opening_balance || ' + lines '
                    || s.credits - s.debits || ' is not closing ' || s.closing_balance
                from statement s
                where s.opening_balance + s.credits - s.debits <> s.closing_balance
                union all
                select 'statement ' || coalesce(s.id, l.statement_id) || ': ' || coalesce(s.lines - s.overlapping, 0)
                    || ' lines of its own, stored ' || coalesce(l.n, 0)
                from statement s full join (
                    select statement_id, count(*) as n from statement_line group by 1) l on l.statement_id = s.id
                where coalesce(s.lines - s.overlapping, 0) <> coalesce(l.n, 0) limit 1000
                """
        ),
    ]
}
