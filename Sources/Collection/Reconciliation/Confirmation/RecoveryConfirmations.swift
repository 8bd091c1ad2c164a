import Casework
public import Matching
import Postgres
import Settlement
import Values
import Workflow

/// Lets a second person confirm what a statement recovers; see ``RecoveryConfirmation``.
public struct RecoveryConfirmations: Sendable {
    private let work: Database
    private let graceSeconds: Int64

    /// - Parameter work: connections for long transactions.
    init(work: Database, graceSeconds: Int64) {
        self.work = work
        self.graceSeconds = graceSeconds
    }

    /// The largest number of rejections in one confirmation, and the longest explanation.
    public static let maximumRejections = 1000
    public static let longestWhy = 500

    /// Confirms all waiting lines of a statement at once, except those turned down.
    ///
    /// Each line that is turned down or no longer fits its request becomes a case; its money stays in suspense.
    /// Meanwhile no run of the account begins, and its callbacks wait.
    ///
    /// - Parameter expected: how many lines the person has seen waiting; `nil` for however many there are.
    /// - Throws: `notFound`; `conflict` if nothing waits, or another number of lines than expected; `forbidden` for the importer of the statement; `invalidBody`
    ///   if a rejection names a line that does not wait.
    public func confirm(
        _ statement: Int64,
        rejecting rejections: [Rejection] = [],
        expecting expected: Int? = nil,
        by person: Person
    ) async throws -> ConfirmedRecoveries {
        for rejection in rejections { try RecoveryConfirmations.check(rejection) }
        return try await ServiceError.tellingRefusals {
            try await work.transaction { tx in
                let account = try WaitingRecoveries.account(of: statement, tx)
                try Locks.reconciliation(of: account, tx)
                try Locks.settlement(of: account, tx)
                let facts = try WaitingRecoveries.read(statement, account, graceSeconds: graceSeconds, tx)
                try StandInReader.of(person, tx).requireOthers([facts.importedBy])
                let decisions = try RecoveryConfirmation.decide(
                    facts,
                    rejecting: rejections,
                    expecting: expected,
                    by: person.id,
                    named: person.name
                )
                let writer = ConfirmationWriter(facts: facts, person: person, now: .now(), graceSeconds: graceSeconds)
                return try writer.write(decisions, tx)
            }
        }
    }

    private static func check(_ rejection: Rejection) throws {
        guard (1...longestWhy).contains(rejection.why.unicodeScalars.count) else {
            throw ServiceError(
                .invalidBody,
                at: rejection.pointer,
                Phrase(
                    vi: "từ chối phải ghi lý do, từ 1 đến \(longestWhy) ký tự",
                    en: "say in 1 to \(longestWhy) characters why the line is turned down"
                )
            )
        }
    }
}

extension WaitingRecoveries {
    /// The account of a statement, or throws `notFound`.
    static func account(of statement: Int64, _ tx: borrowing Transaction) throws -> String {
        guard
            let row = try tx.query("select account_number from statement where id = \(statement)::bigint").first
        else { throw ServiceError(.notFound, .none(.statement, statement)) }
        return try row.get(0)
    }

    /// Reads the waiting lines and the requests that they would pay; locks the requests.
    static func read(_ statement: Int64, _ account: String, graceSeconds: Int64, _ tx: borrowing Transaction) throws
        -> WaitingRecoveries
    {
        let importer = try tx.query("select imported_by_id from statement where id = \(statement)::bigint").row()
            .get(0, as: String.self)
        let lines = try waiting(statement, tx)
        let ids = Set(lines.flatMap { $0.payments.map(\.requestID) })
        let requests = try tx.query(
            """
            select id, reference, status, amount_due, amount_applied - fee_refund_claimed, account_number, expires_at
            from payment_request where id = any(\(Array(ids))::uuid[]) order by id for update
            """
        ).map { try MatchingFacts.Request($0, graceSeconds: graceSeconds) }
        return WaitingRecoveries(
            statementID: statement,
            accountNumber: account,
            importedBy: importer,
            lines: lines,
            requests: Dictionary(requests.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        )
    }

    private static func waiting(_ statement: Int64, _ tx: borrowing Transaction) throws -> [WaitingLine] {
        let rows = try tx.query(
            """
            select p.line_id, p.id, p.payment_request_id, r.reference, p.amount, l.line_number,
                nullif(l.transaction_id, ''), l.amount, l.booked_at, coalesce(l.memo, '')
            from recovery_proposal p join payment_request r on r.id = p.payment_request_id
                cross join lateral (select * from statement_line where id = p.line_id limit 1) l
            where p.statement_id = \(statement)::bigint and p.state = 'waiting' order by p.id
            """
        )
        var order: [Int64] = []
        var lines: [Int64: (line: Line, number: Int32, ids: [Int64], payments: [LineDecision.Payment])] = [:]
        for row in rows {
            let id = try row.get(0, as: Int64.self)
            if lines[id] == nil {
                order.append(id)
                let line = Line(
                    id: id,
                    transactionID: try row.get(6),
                    amount: try row.get(7),
                    bookedAt: try row.get(8),
                    memo: try row.get(9),
                    isTrusted: false
                )
                lines[id] = (line, try row.get(5), [], [])
            }
            lines[id]?.ids.append(try row.get(1))
            lines[id]?.payments.append(
                LineDecision.Payment(requestID: try row.get(2), reference: try row.get(3), amount: try row.get(4))
            )
        }
        return order.compactMap { lines[$0] }.map {
            WaitingLine(line: $0.line, number: $0.number, proposals: $0.ids, payments: $0.payments)
        }
    }
}
