import Matching
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads what the passes need about the lines that the exact match left open.
struct MatchingReader: Sendable {
    let account: String
    let through: Day
    let graceSeconds: Int64
    /// Whether what decides is locked, so that it is still true when the decisions are written.
    var locks = true
    /// Lines that are not stored, among those to be decided.
    var incoming: IncomingLines?

    private var lock: String { locks ? " for update" : "" }

    /// What holds for all lines.
    struct Terms: Sendable {
        let calendar: BankCalendarDays
        let gateways: [Int32: MatchingFacts.GatewayTerms]
    }

    func terms(_ tx: borrowing Transaction) throws -> Terms {
        Terms(calendar: try .read(account, tx), gateways: try gateways(tx))
    }

    /// - Parameter paysOut: whether some of the lines may be payouts of gateways.
    func facts(_ lines: [Line], _ terms: Terms, paysOut: Bool = true, _ tx: borrowing Transaction) throws
        -> MatchingFacts
    {
        var facts = MatchingFacts(accountNumber: account, through: through, calendar: terms.calendar)
        let named = Set(lines.flatMap(\.references))
        facts.baskets = try NamedBaskets.read(named, tx)
        facts.requests = try requests(named: named.union(facts.baskets.values.flatMap(\.members)), tx)
        let keys = Set(lines.compactMap { $0.isCredit ? $0.key : nil })
        facts.earlierLines = try earlierLines(Array(keys), tx)
        facts.reportedTransactions = try reportedTransactions(Set(keys.map(\.transactionID)), tx)
        if lines.contains(where: { !$0.isCredit }) {
            (facts.refunds, facts.remittances) = (try refunds(tx), try remittances(tx))
        }
        if paysOut { facts.gateways = terms.gateways }
        return facts
    }

    /// What links the lines, without locking any of it.
    func links(_ lines: [Line], _ terms: Terms, _ tx: borrowing Transaction) throws -> IndependentLines.Facts {
        var facts = IndependentLines.Facts(through: through)
        let references = Array(Set(lines.lazy.flatMap(\.references)))
        for start in stride(from: 0, to: references.count, by: 10_000) {
            let part = Array(references[start..<min(start + 10_000, references.count)])
            let rows = try tx.query(
                "select reference, id from payment_request where reference = any(\(part)::text[])"
            )
            for row in rows { facts.requests[try row.get(0, as: String.self)] = try row.get(1) }
            for basket in try NamedBaskets.read(Set(part), tx).values {
                facts.requests[basket.reference] = basket.id
                facts.members[basket.reference] = basket.members
            }
        }
        if lines.contains(where: { !$0.isCredit }) {
            let amounts = try tx.query(
                """
                select amount from refund where account_number = \(account) and state = 'executed'
                union
                select amount from remittance where account_number = \(account) and state = 'sent'
                """
            )
            facts.leaving = Set(try amounts.map { try $0.get(0, as: Money.self) })
        }
        facts.gateways = terms.gateways
        return facts
    }

    /// The lines with these ids.
    func lines(_ ids: [Int64], _ tx: borrowing Transaction) throws -> [Line] {
        // Whether lines may settle requests whoever imported their statement.
        let isTrusted = try RecoveryTerms.isAutomatic(account, tx)
        guard let incoming else { return try stored(ids, isTrusted: isTrusted, tx) }
        return try stored(ids.filter { !incoming.contains($0) }, isTrusted: isTrusted, tx)
            + incoming.lines(ids.filter(incoming.contains), isTrusted: isTrusted, tx)
    }

    private func stored(_ ids: [Int64], isTrusted: Bool, _ tx: borrowing Transaction) throws -> [Line] {
        var lines: [Line] = []
        lines.reserveCapacity(ids.count)
        let sql = """
            select \(Line.columns), l.id, (select s.is_feed from statement s where s.id = l.statement_id),
                l.counterparty_name
            from unnest($1::bigint[]) as k (id)
                cross join lateral (select * from statement_line where id = k.id limit 1) l
            """
        for start in stride(from: 0, to: ids.count, by: 10_000) {
            let part = Array(ids[start..<min(start + 10_000, ids.count)])
            for row in try tx.query(Query(trustedSQL: sql, binding: [part])) {
                var line = try Line(row, id: row.get(6), isTrusted: isTrusted || row.get(7, as: Bool.self))
                line.counterpartyName = try row.get(8)
                lines.append(line)
            }
        }
        return lines
    }

    /// What remains of the requests decides, so they are locked. A request that a line waiting for confirmation would
    /// pay does not accept another line.
    private func requests(named references: Set<String>, _ tx: borrowing Transaction) throws
        -> [String: MatchingFacts.Request]
    {
        guard !references.isEmpty else { return [:] }
        let sql = """
            select r.id, r.reference, r.status, r.amount_due, r.amount_applied - r.fee_refund_claimed + coalesce((
                    select sum(p.amount) from recovery_proposal p
                    where p.payment_request_id = r.id and p.state = 'waiting'), 0)::bigint,
                r.account_number, r.expires_at
            from payment_request r where r.reference = any($1::text[]) order by r.id\(lock)
            """
        let rows = try tx.query(Query(trustedSQL: sql, binding: [references.sorted()]))
        var requests: [String: MatchingFacts.Request] = [:]
        for row in rows {
            let request = try MatchingFacts.Request(row, graceSeconds: graceSeconds)
            requests[request.reference] = request
        }
        return requests
    }

    /// Transfers that a line has already shown, whether or not it confirmed a notice.
    private func earlierLines(_ keys: [LineKey], _ tx: borrowing Transaction) throws -> [LineKey: UUID?] {
        guard !keys.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            select k.transaction_id, k.amount, told.payment_request_id
            from unnest(\(keys.map(\.transactionID))::text[], \(keys.map(\.amount))::bigint[]) as k (transaction_id, amount)
                left join lateral (
                    select b.id, b.payment_request_id from bank_notice b
                    where b.account_number = \(account) and b.bank_reference = k.transaction_id and b.amount = k.amount
                        and b.applied_amount + b.suspense_amount + b.cleared_amount > 0
                    limit 1) told on true
            where (select true from line_outcome o where o.notice_id = told.id and o.outcome = 'matched'
                    and o.pass = 'transaction_id' limit 1)
                or (select true from (select line_id from line_outcome where transaction_id = k.transaction_id offset 0) o
                        join statement_line e on e.id = o.line_id
                    where e.account_number = \(account) and e.amount = k.amount limit 1)
            """
        )
        var known: [LineKey: UUID?] = [:]
        for row in rows {
            known[LineKey(transactionID: try row.get(0), amount: try row.get(1))] = try row.get(2, as: UUID?.self)
        }
        return known
    }

    /// Transactions that callbacks reported, with any amount.
    private func reportedTransactions(_ transactions: Set<String>, _ tx: borrowing Transaction) throws
        -> [String: UUID?]
    {
        guard !transactions.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            select k.transaction_id, told.payment_request_id
            from unnest(\(transactions.sorted())::text[]) as k (transaction_id) cross join lateral (
                select (array_agg(b.payment_request_id order by b.id))[1] as payment_request_id from bank_notice b
                where b.account_number = \(account) and b.bank_reference = k.transaction_id
                    and b.applied_amount + b.suspense_amount + b.cleared_amount > 0 and b.source = 'callback'
                having count(*) > 0) told
            """
        )
        var known: [String: UUID?] = [:]
        for row in rows { known[try row.get(0, as: String.self)] = try row.get(1, as: UUID?.self) }
        return known
    }

    private func refunds(_ tx: borrowing Transaction) throws -> [MatchingFacts.Refund] {
        let sql = """
            select id, end_to_end_id, amount, coalesce(beneficiary_account, ''), executed_on, payment_request_id
            from refund where account_number = $1 and state = 'executed' order by id\(lock)
            """
        return try tx.query(Query(trustedSQL: sql, binding: [account])).map { row in
            MatchingFacts.Refund(
                id: try row.get(0),
                mark: try row.get(1),
                amount: try row.get(2),
                beneficiaryAccount: try row.get(3),
                executedOn: try row.get(4),
                requestID: try row.get(5)
            )
        }
    }

    private func remittances(_ tx: borrowing Transaction) throws -> [MatchingFacts.Remittance] {
        let sql = """
            select id, mark, amount, memo, sent_on from remittance
            where account_number = $1 and state = 'sent' order by id\(lock)
            """
        return try tx.query(Query(trustedSQL: sql, binding: [account])).map { row in
            MatchingFacts.Remittance(
                id: try row.get(0),
                mark: try row.get(1),
                amount: try row.get(2),
                memo: BudgetMemo(try row.get(3, as: String.self)),
                sentOn: try row.get(4)
            )
        }
    }

    private func gateways(_ tx: borrowing Transaction) throws -> [Int32: MatchingFacts.GatewayTerms] {
        let rows = try tx.query(
            """
            select id, (commission_percent * 1000)::bigint from connection
            where account_number = \(account) and commission_percent is not null
            """
        )
        var terms: [Int32: MatchingFacts.GatewayTerms] = [:]
        for row in rows {
            terms[try row.get(0, as: Int32.self)] = MatchingFacts.GatewayTerms(feeThousandths: try row.get(1))
        }
        return terms
    }
}

extension Line {
    /// The columns that ``init(_:id:isTrusted:)`` reads first, of a line `l`.
    static let columns = """
        nullif(l.transaction_id, ''), l.amount, l.booked_at, coalesce(l.memo, ''), coalesce(l.counterparty_account, ''),
        coalesce(array_to_string(l.reference_candidates, ','), '')
        """

    init(_ row: Row, id: Int64, isTrusted: Bool) throws {
        self.init(
            id: id,
            transactionID: try row.get(0),
            amount: try row.get(1),
            bookedAt: try row.get(2),
            references: try row.get(5, as: String.self).split(separator: ",").map(String.init),
            memo: try row.get(3),
            counterpartyAccount: try row.get(4),
            isTrusted: isTrusted
        )
    }
}

extension MatchingFacts.Request {
    /// Reads id, reference, status, amount due, the part of it that is no longer to be paid, account and expiry.
    init(_ row: Row, graceSeconds: Int64) throws {
        let (id, reference, status, due, received, account, expires) = try row.decode(
            UUID.self,
            String.self,
            String.self,
            Money.self,
            Money.self,
            String.self,
            Instant.self
        )
        let state = try PaymentRequestState(stored: status)
        self.init(
            id: id,
            reference: reference,
            status: state,
            amountDue: due,
            remaining: state.isOpen ? max(due - received, .zero) : .zero,
            accountNumber: account,
            payableUntil: expires.adding(seconds: graceSeconds)
        )
    }
}

extension BankCalendarDays {
    /// The bank calendar, and within how many bank days the account's payments are expected.
    static func read(_ account: String, _ tx: borrowing Transaction) throws -> BankCalendarDays {
        let days = try tx.query("select cut_off_days from account_terms where account_number = \(account)").first
        let holidays = try tx.query("select day from bank_holiday").map { try $0.get(0, as: Day.self) }
        let weekend = try tx.query("select isodow from bank_weekend").map { try $0.get(0, as: Int.self) - 1 }
        return BankCalendarDays(holidays: Set(holidays), weekend: Set(weekend), days: try days?.get(0) ?? 1)
    }
}
