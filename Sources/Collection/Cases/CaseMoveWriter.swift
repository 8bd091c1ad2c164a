import Casework
import Postgres
import Values
import Workflow

/// Writes what was decided about a case; the case and what the decision pays are locked.
enum CaseMoveWriter {
    /// Performs the approved proposal, in one balanced transaction.
    static func perform(
        _ proposal: CaseProposal,
        _ reason: Reason,
        on facts: CaseFacts,
        by person: Person,
        note: String?,
        within agencies: [String]?,
        _ tx: borrowing Transaction
    ) throws {
        let move = proposal.move
        let targets = try CaseTargets.of(move, facts, within: agencies, tx)
        try CaseRules.requireStillHolds(move, on: facts, targets)
        // First, so that ending the case does not find the proposal waiting.
        try CaseProposal.decide(.perform, on: facts.id, by: person, tx)
        try write(proposal, on: facts, by: person, tx)
        var detail: [JSON.Member] = [
            .init("action", .string(move.action.rawValue)), .init("arguments", move.json),
            .init("note", .string(proposal.note)), .init("proposed_by", .string(proposal.proposedByName)),
            .init("reason", reason.json),
        ]
        if let note { detail.append(.init("approval_note", .string(note))) }
        try CaseHistory.record(tx, facts.id, .performed, person, .object(detail))
        try Audit.record(tx, person, "case.\(move.action.rawValue)", "case:\(facts.id)", .object(detail))
        if let event = CaseRules.event(after: move, on: facts) {
            try CaseStateWriter.change(
                facts.id,
                facts.state,
                on: event,
                move.action,
                note: proposal.note,
                approvalNote: note,
                by: person,
                tx
            )
        }
    }

    private static func write(
        _ proposal: CaseProposal,
        on facts: CaseFacts,
        by person: Person,
        _ tx: borrowing Transaction
    ) throws {
        let now = Instant.now()
        switch proposal.move {
        case .accept, .link, .split:
            for share in proposal.move.shares { try CaseSettlement.settle(share, of: facts, now: now, tx) }
        case .confirmNotice(let payment): try confirm(payment, by: facts, now, tx)
        case .confirmRefund(let line): try confirm(line, by: facts, now, tx)
        case .refund(let back):
            let plan = try RefundPlan.ofCase(facts, amount: back.amount)
            let draft = RefundDraft(
                source: .suspense(facts.id),
                amount: back.amount,
                reason: back.reason,
                note: proposal.note,
                payee: back.payee
            )
            let requester = Person(id: proposal.proposedBy, name: proposal.proposedByName)
            let agency = try tx.query(
                """
                select coalesce(r.agency_code, c.agency_code) from reconciliation_case c
                    left join payment_request r on r.id = \(plan.requestID)::uuid
                where c.id = \(facts.id)::bigint
                """
            ).row().get(0, as: String?.self)
            let approver = try ApproverReader.facts(of: person, agency: agency, tx)
            _ = try RefundWriter.insert(
                plan,
                draft,
                requestedBy: requester,
                approvedBy: person,
                approvalsNeeded: approver.approvalsNeeded(for: plan.amount),
                tx
            )
        case .writeOff(let amount): try writeOff(amount, of: facts, now, tx)
        }
    }

    /// Lets the line confirm a payment: the second posting for it is reversed, and the payment is no longer missing.
    private static func confirm(
        _ payment: UnconfirmedPayment,
        by facts: CaseFacts,
        _ now: Instant,
        _ tx: borrowing Transaction
    ) throws {
        try tx.query(
            """
            insert into suspense_use (case_id, action, amount, notice_id)
            values (\(facts.id)::bigint, 'confirm', \(payment.amount)::bigint, \(payment.noticeID)::bigint)
            """
        )
        try tx.query(
            """
            insert into line_notice (line_id, notice_id)
            values (\(facts.line?.id)::bigint, \(payment.noticeID)::bigint)
            """
        )
        let entry = facts.line.map { (line: $0.id, notice: payment.noticeID) }
        if try ClearingWriter.clear(entry.map { [$0] } ?? [], from: .suspense(caseID: facts.id), now: now, tx) == 0 {
            try takeBack(payment, by: facts, now, tx)
        }
        try tx.query("delete from unconfirmed_notice where notice_id = \(payment.noticeID)::bigint")
        try tx.query(CaseWriter.closeMissing([payment.noticeID], now: now))
    }

    /// A callback has posted the payment to the bank account, and the line has posted it again.
    private static func takeBack(
        _ payment: UnconfirmedPayment,
        by facts: CaseFacts,
        _ now: Instant,
        _ tx: borrowing Transaction
    ) throws {
        try tx.query(
            """
            insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id,
                statement_line_id, case_id, booked_on, recorded_at)
            select ledger_account_of('suspense', l.account_number), ledger_account_of('bank', l.account_number),
                l.amount, 'confirmed_by_hand', \(payment.requestID)::uuid, l.id, \(facts.id)::bigint, l.booked_on,
                \(now)::timestamptz
            from statement_line l where l.id = \(facts.line?.id)::bigint
            """
        )
    }

    /// A debit that was taken out of suspense is a refund: the refund's money returns to suspense.
    private static func confirm(
        _ line: CaseMove.RefundLine,
        by facts: CaseFacts,
        _ now: Instant,
        _ tx: borrowing Transaction
    ) throws {
        let state = try RefundState.next(after: .executed, on: .leaveBank)
        try tx.query(
            """
            insert into suspense_use (case_id, action, amount, refund_id)
            values (\(facts.id)::bigint, 'refund_line', \(-line.amount)::bigint, \(line.refundID)::uuid)
            """
        )
        try tx.query(
            """
            insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id,
                statement_line_id, case_id, refund_id, booked_on, recorded_at)
            select ledger_account_of('refund', f.account_number), ledger_account_of('suspense', l.account_number),
                f.amount, 'refund_paid', f.payment_request_id, l.id, \(facts.id)::bigint, f.id, l.booked_on,
                \(now)::timestamptz
            from refund f, statement_line l
            where f.id = \(line.refundID)::uuid and l.id = \(facts.line?.id)::bigint
            """
        )
        try tx.query(
            """
            update refund set state = \(state.rawValue), settled_at = \(now)::timestamptz,
                statement_line_id = \(facts.line?.id)::bigint
            where id = \(line.refundID)::uuid
            """
        )
    }

    /// Takes what a case holds out of suspense as a gain, or as a loss if the amount is negative.
    private static func writeOff(
        _ amount: Money,
        of facts: CaseFacts,
        _ now: Instant,
        _ tx: borrowing Transaction
    ) throws {
        try tx.query(
            """
            insert into suspense_use (case_id, action, amount)
            values (\(facts.id)::bigint, 'write_off', \(amount)::bigint)
            """
        )
        let (debit, credit) = amount > .zero ? ("suspense", "write_off") : ("write_off", "suspense")
        try tx.query(
            """
            insert into ledger_transfer (debit_account, credit_account, amount, kind, case_id, booked_on, recorded_at)
            values (ledger_account_of(\(debit), \(facts.accountNumber)), ledger_account_of(\(credit), \(facts.accountNumber)),
                abs(\(amount)::bigint), 'write_off', \(facts.id)::bigint, \(now.day)::date, \(now)::timestamptz)
            """
        )
    }
}
