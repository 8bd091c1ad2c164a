import Matching
import Postgres
import Values
import Workflow

/// Writes the decisions on lines, as sets.
struct OutcomeWriter {
    let run: ReconciliationRun
    let books: BooksOfAccount

    /// Writes the outcomes of the pass `transaction_id`; they post nothing, because their money is already in the
    /// books.
    static func writePairs(
        _ pairs: ArraySlice<ExactMatch.Pair>,
        _ heads: OpenHeads,
        run: Int64,
        _ tx: borrowing Transaction
    ) throws {
        try tx.copyIn(
            """
            copy line_outcome (line_id, run_id, outcome, pass, notice_id, payment_request_id)
            from stdin (format binary)
            """
        ) { writer in
            for pair in pairs {
                let notice = heads.notices[pair.notice]
                try writer.row(columns: 6)
                writer.put(heads.lines[pair.line].id)
                writer.put(run)
                try writer.put(LineOutcome.matched.rawValue)
                try writer.put(PassName.transactionID.rawValue)
                writer.put(notice.id)
                writer.put(notice.requestID)
            }
        }
    }

    /// Writes the decisions of the other passes.
    func write(_ items: OpenItems, _ recovered: RecoveryWriter.Recovered, _ tx: borrowing Transaction) throws {
        let decisions = items.decisions.sorted { $0.lineID < $1.lineID }
        guard !decisions.isEmpty else { return }
        let lines = items.decidedLines
        try outcomes(decisions, lines, recovered, tx)
        try shownNotices(decisions, recovered, tx)
        try ProposalWriter(run: run).write(decisions, tx)
        try postings(decisions, lines, tx)
        let shown = decisions.compactMap { decision in decision.noticeID.map { (line: decision.lineID, notice: $0) } }
        _ = try ClearingWriter.clear(shown, from: .bank, now: run.now, tx)
        try refunds(decisions, tx)
        try remittances(decisions, tx)
        try cases(decisions, lines, tx)
    }

    private func outcomes(
        _ decisions: [LineDecision],
        _ lines: [Int64: Line],
        _ recovered: RecoveryWriter.Recovered,
        _ tx: borrowing Transaction
    ) throws {
        try tx.copyIn(
            """
            copy line_outcome (line_id, run_id, outcome, pass, notice_id, payment_request_id, suspense_amount,
                transaction_id, reason) from stdin (format binary)
            """
        ) { writer in
            for decision in decisions {
                let notices = recovered[decision.lineID] ?? []
                try writer.row(columns: 9)
                writer.put(decision.lineID)
                writer.put(run.id)
                try writer.put(decision.outcome.rawValue)
                try writer.put(decision.pass.rawValue)
                writer.put(decision.noticeID ?? (notices.count == 1 ? notices[0] : nil))
                writer.put(decision.requestID)
                writer.put(decision.suspense)
                try writer.put(lines[decision.lineID]?.transactionID)
                try writer.put(json: decision.reason.json)
            }
        }
    }

    /// The other notices that a line confirms: those of a payout, and of a line that paid several requests.
    private func shownNotices(
        _ decisions: [LineDecision],
        _ recovered: RecoveryWriter.Recovered,
        _ tx: borrowing Transaction
    ) throws {
        var shown: [(line: Int64, notice: Int64)] = []
        for decision in decisions {
            shown += decision.groupedNotices.map { (decision.lineID, $0) }
            if let notices = recovered[decision.lineID], notices.count > 1 {
                shown += notices.map { (decision.lineID, $0) }
            }
        }
        guard !shown.isEmpty else { return }
        try tx.query(
            """
            insert into line_notice (line_id, notice_id)
            select * from unnest(\(shown.map(\.line))::bigint[], \(shown.map(\.notice))::bigint[])
            """
        )
    }

    private func postings(
        _ decisions: [LineDecision],
        _ lines: [Int64: Line],
        _ tx: borrowing Transaction
    ) throws {
        var postings: [Posting] = []
        for decision in decisions {
            guard let line = lines[decision.lineID] else { continue }
            func post(_ debit: Int32, _ credit: Int32, _ amount: Money, _ kind: String) {
                postings.append(
                    Posting(
                        debit: debit,
                        credit: credit,
                        amount: amount,
                        kind: kind,
                        requestID: decision.requestID,
                        noticeID: decision.noticeID,
                        lineID: line.id,
                        refundID: decision.refundID,
                        day: line.day
                    )
                )
            }
            if decision.suspense > .zero {
                post(books.bank, books.suspense, decision.suspense, "statement_" + decision.outcome.rawValue)
            } else if decision.suspense < .zero {
                post(books.suspense, books.bank, -decision.suspense, "statement_" + decision.outcome.rawValue)
            }
            if decision.gatewayFee > .zero { post(books.commission, books.bank, decision.gatewayFee, "commission") }
            if decision.refundID != nil { post(books.refund, books.bank, -line.amount, "refund_paid") }
            if decision.remittanceID != nil { post(books.remittance, books.bank, -line.amount, "remittance_paid") }
        }
        for start in stride(from: 0, to: postings.count, by: 5000) {
            try tx.query(Posting.insert(Array(postings[start..<min(start + 5000, postings.count)]), now: run.now))
        }
    }

    private func refunds(_ decisions: [LineDecision], _ tx: borrowing Transaction) throws {
        let left = decisions.compactMap { decision in decision.refundID.map { ($0, decision.lineID) } }
        guard !left.isEmpty else { return }
        try tx.query(
            """
            update refund f set state = 'settled', settled_at = \(run.now)::timestamptz, statement_line_id = d.line_id
            from unnest(\(left.map(\.0))::uuid[], \(left.map(\.1))::bigint[]) as d (refund_id, line_id)
            where f.id = d.refund_id
            """
        )
        for (refund, line) in left {
            try Audit.record(
                tx,
                .system,
                "refund.settle",
                "refund:\(refund.text)",
                ["statement_line_id": .integer(line), "run_id": .integer(run.id)]
            )
        }
    }

    private func remittances(_ decisions: [LineDecision], _ tx: borrowing Transaction) throws {
        let left = decisions.compactMap { decision in decision.remittanceID.map { ($0, decision.lineID) } }
        guard !left.isEmpty else { return }
        let state = try RemittanceState.next(after: .sent, on: .leaveBank)
        try tx.query(
            """
            update remittance r set state = \(state.rawValue), settled_at = \(run.now)::timestamptz,
                statement_line_id = d.line_id
            from unnest(\(left.map(\.0))::bigint[], \(left.map(\.1))::bigint[]) as d (remittance_id, line_id)
            where r.id = d.remittance_id
            """
        )
        for (order, line) in left {
            let detail: JSON = ["statement_line_id": .integer(line), "run_id": .integer(run.id)]
            try Audit.record(tx, .system, "remittance.settle", "remittance:\(order)", detail)
        }
    }

    private func cases(_ decisions: [LineDecision], _ lines: [Int64: Line], _ tx: borrowing Transaction) throws {
        let open = decisions.filter { $0.outcome.caseKind != nil }
        guard !open.isEmpty else { return }
        let agencies = try RequestAgencies.read(open.compactMap(\.requestID), tx)
        for start in stride(from: 0, to: open.count, by: 5000) {
            let records = open[start..<min(start + 5000, open.count)].compactMap { decision -> CaseRecord? in
                guard let kind = decision.outcome.caseKind, let line = lines[decision.lineID] else { return nil }
                return CaseRecord(
                    kind: kind,
                    accountNumber: run.account,
                    agencyCode: decision.requestID.flatMap { agencies[$0] },
                    requestID: decision.requestID,
                    noticeID: decision.noticeID,
                    lineID: line.id,
                    amount: decision.outcome == .amountMismatch && decision.noticeID != nil
                        ? decision.suspense : line.amount,
                    evidence: .object(line.evidence + [.init("pass", .string(decision.pass.rawValue))]),
                    reason: decision.reason
                )
            }
            _ = try tx.pipeline(CaseWriter.open(records, now: run.now))
        }
    }
}
