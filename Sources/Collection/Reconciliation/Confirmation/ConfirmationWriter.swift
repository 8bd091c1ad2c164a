import Matching
import Postgres
import Settlement
import Values
import Workflow

/// Writes the decisions on the waiting lines of a statement, as sets.
struct ConfirmationWriter {
    let facts: WaitingRecoveries
    let person: Person
    let now: Instant
    let graceSeconds: Int64

    func write(_ decisions: [RecoveryConfirmation.Decision], _ tx: borrowing Transaction) throws -> ConfirmedRecoveries
    {
        let settled = decisions.filter { $0.verdict == .settle }.map(\.waiting)
        try settle(settled, tx)
        let cases = try leave(decisions, tx)
        let confirmed = ConfirmedRecoveries(
            statementID: facts.statementID,
            lines: settled.count,
            total: settled.map(\.total).total(),
            cases: cases
        )
        try Audit.record(
            tx,
            person,
            "statement.confirm",
            "statement:\(facts.statementID)",
            confirmed.content(in: nil)
        )
        return confirmed
    }

    /// Settles the requests from suspense through the single entry point for money; each line now confirms its notices.
    private func settle(_ lines: [WaitingLine], _ tx: borrowing Transaction) throws {
        guard !lines.isEmpty else { return }
        let suspense = try BooksOfAccount.of(facts.accountNumber, tx).suspense
        let payments = lines.flatMap { waiting in
            zip(waiting.proposals, waiting.payments).map { (line: waiting.line, proposal: $0, payment: $1) }
        }
        let rows = payments.map { line, _, payment in
            NoticeRow(of: line, paying: payment, account: facts.accountNumber, debit: suspense, suspense: suspense)
        }
        let terms = SettlementTerms(now: now, graceSeconds: graceSeconds)
        let results = try SettlementStore.settle(rows, terms: terms, in: tx)
        let notices = try zip(payments, results).map { paid, result in
            guard case .settled(let settled) = result, settled.outcome == .settled || settled.outcome == .partial,
                let notice = settled.noticeID
            else {
                // The requests are locked, so settlement finds the facts that were decided on.
                throw ServiceError.recoveryRefused(line: paid.line.id, reference: paid.payment.reference)
            }
            return notice
        }
        let state = try RecoveryProposalState.next(after: .waiting, on: .confirm)
        try tx.query(
            """
            update recovery_proposal p set state = \(state.rawValue), notice_id = d.notice, decided_by = \(person.id),
                decided_by_name = \(person.name), decided_at = \(now)::timestamptz
            from unnest(\(payments.map(\.proposal))::bigint[], \(notices)::bigint[]) as d (id, notice) where p.id = d.id
            """
        )
        try tx.query(
            """
            insert into line_notice (line_id, notice_id)
            select * from unnest(\(payments.map(\.line.id))::bigint[], \(notices)::bigint[])
            """
        )
    }

    /// Opens a case for each line that pays nothing.
    private func leave(_ decisions: [RecoveryConfirmation.Decision], _ tx: borrowing Transaction) throws
        -> [ConfirmedRecoveries.Left]
    {
        let left = decisions.compactMap { decision -> ConfirmedRecoveries.Left? in
            guard case .leave(let outcome, let reason) = decision.verdict, let kind = outcome.caseKind else {
                return nil
            }
            return .init(waiting: decision.waiting, kind: kind, reason: reason, isRejected: decision.isRejected)
        }
        guard !left.isEmpty else { return [] }
        try reject(left, tx)
        let agencies = try RequestAgencies.read(left.flatMap { $0.waiting.payments.map(\.requestID) }, tx)
        let records = left.map { left in
            let line = left.waiting.line
            return CaseRecord(
                kind: left.kind,
                accountNumber: facts.accountNumber,
                agencyCode: agencies[left.waiting.payments[0].requestID],
                requestID: left.waiting.payments[0].requestID,
                lineID: line.id,
                amount: left.waiting.total,
                evidence: .object(line.evidence + [.init("looked_at_by", .string(person.name))]),
                reason: left.reason
            )
        }
        for start in stride(from: 0, to: records.count, by: 5000) {
            _ = try tx.pipeline(CaseWriter.open(Array(records[start..<min(start + 5000, records.count)]), now: now))
        }
        try claimPaidParts(of: left, tx)
        let cases = try ids(of: left, tx)
        for left in left where left.isRejected {
            guard let id = cases[left.waiting.line.id] else { continue }
            try CaseHistory.record(tx, id, .noted, person, ["note": .string(left.reason.sentence(in: .vietnamese))])
        }
        return left.map { left in
            var left = left
            left.caseID = cases[left.waiting.line.id]
            return left
        }
    }

    private func reject(_ left: [ConfirmedRecoveries.Left], _ tx: borrowing Transaction) throws {
        let state = try RecoveryProposalState.next(after: .waiting, on: .reject)
        let proposals = left.flatMap { left in left.waiting.proposals.map { ($0, left.reason.json) } }
        try tx.query(
            """
            update recovery_proposal p set state = \(state.rawValue), reason = d.reason, decided_by = \(person.id),
                decided_by_name = \(person.name), decided_at = \(now)::timestamptz
            from unnest(\(proposals.map(\.0))::bigint[], \(proposals.map(\.1))::jsonb[]) as d (id, reason)
            where p.id = d.id
            """
        )
    }

    /// A callback may have paid one of several requests with a line's money, which the line's case then no longer
    /// holds.
    private func claimPaidParts(of left: [ConfirmedRecoveries.Left], _ tx: borrowing Transaction) throws {
        let lines = left.filter { $0.waiting.total < $0.waiting.line.amount }.map(\.waiting.line.id)
        guard !lines.isEmpty else { return }
        let sources = """
            from recovery_proposal p join reconciliation_case c on c.statement_line_id = p.line_id
                and c.kind in ('amount_mismatch', 'duplicate_line', 'unmatched')
            where p.line_id = any($1::bigint[]) and p.state = 'superseded'
            """
        _ = try tx.query(
            Query(trustedSQL: "insert into case_money (case_id) select distinct c.id \(sources)", binding: [lines])
        )
        _ = try tx.query(
            Query(
                trustedSQL: """
                    insert into suspense_use (case_id, action, amount, notice_id)
                    select c.id, 'settle', p.amount, p.notice_id \(sources)
                    """,
                binding: [lines]
            )
        )
    }

    private func ids(of left: [ConfirmedRecoveries.Left], _ tx: borrowing Transaction) throws -> [Int64: Int64] {
        var cases: [Int64: Int64] = [:]
        let rows = try tx.query(
            """
            select statement_line_id, id from reconciliation_case
            where statement_line_id = any(\(left.map(\.waiting.line.id))::bigint[])
                and kind in ('amount_mismatch', 'duplicate_line', 'unmatched')
            """
        )
        for row in rows { cases[try row.get(0, as: Int64.self)] = try row.get(1, as: Int64.self) }
        return cases
    }
}
