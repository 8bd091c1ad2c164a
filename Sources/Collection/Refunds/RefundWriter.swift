import Casework
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Writes a refund and its parts.
enum RefundWriter {
    /// - Parameters:
    ///   - approvedBy: set if two persons have decided in a case, which keeps its own history of that.
    ///   - approvalsNeeded: how many persons must approve; 2 if it was above what `approvedBy` may approve.
    static func insert(
        _ plan: RefundPlan,
        _ draft: RefundDraft,
        requestedBy: Person,
        approvedBy: Person?,
        approvalsNeeded: Int = 1,
        _ tx: borrowing Transaction
    ) throws -> UUID {
        let now = Instant.now()
        let id = UUID.version7(at: now)
        var caseID: Int64?
        if case .suspense(let found) = draft.source { caseID = found }
        let state: RefundState = approvedBy == nil ? .requested : RefundRules.first(approvalsNeeded).state
        let beneficiary = draft.payee?.beneficiary
        try tx.query(
            """
            insert into refund (id, end_to_end_id, payment_request_id, case_id, account_number, amount, reason, note,
                beneficiary_bin, beneficiary_account, beneficiary_name, paid_by_hand, state, requested_by,
                requested_by_name, requested_at, approved_by, approved_by_name, approved_at, approvals_needed)
            values (\(id)::uuid, \(endToEndID()), \(plan.requestID)::uuid, \(caseID)::bigint,
                \(plan.accountNumber), \(plan.amount)::bigint, \(draft.reason), \(draft.note)::text,
                \(beneficiary?.bankBIN)::text, \(beneficiary?.account)::text, \(beneficiary?.name)::text,
                \(draft.payee?.isByHand ?? false), \(state.rawValue), \(requestedBy.id), \(requestedBy.name),
                \(now)::timestamptz, \(approvedBy?.id)::text, \(approvedBy?.name)::text,
                \(approvedBy.map { _ in now })::timestamptz, \(approvalsNeeded)::smallint)
            """
        )
        for (index, part) in plan.parts.enumerated() {
            let request = part.caseID == nil ? plan.requestID : nil
            try tx.query(
                """
                insert into refund_part (refund_id, part, payment_request_id, case_id, amount)
                values (\(id)::uuid, \(index + 1)::integer, \(request)::uuid, \(part.caseID)::bigint,
                    \(part.amount)::bigint)
                """
            )
            if let part = part.caseID, approvedBy == nil {
                try claimed(part, by: id, plan.parts[index].amount, draft, requestedBy, tx)
            }
        }
        try audit(id, plan, draft, requestedBy, approvedBy, tx)
        return id
    }

    /// Writes one person's approval.
    static func write(_ approval: RefundApproval, on id: UUID, by person: Person, _ tx: borrowing Transaction) throws {
        if approval.isSecond {
            try tx.query(
                """
                update refund set state = \(approval.state.rawValue), second_approved_by = \(person.id),
                    second_approved_by_name = \(person.name), second_approved_at = now()
                where id = \(id)::uuid
                """
            )
        } else {
            try tx.query(
                """
                update refund set state = \(approval.state.rawValue), approved_by = \(person.id),
                    approved_by_name = \(person.name), approved_at = now(),
                    approvals_needed = \(approval.approvalsNeeded)::smallint
                where id = \(id)::uuid
                """
            )
        }
    }

    /// Records a refund that was requested directly in the history of the case whose money it takes, and ends the case
    /// if nothing is left.
    private static func claimed(
        _ caseID: Int64,
        by id: UUID,
        _ amount: Money,
        _ draft: RefundDraft,
        _ person: Person,
        _ tx: borrowing Transaction
    ) throws {
        try CaseHistory.record(
            tx,
            caseID,
            .performed,
            person,
            ["action": "refund", "refund_id": .string(id.text), "amount": .money(amount)]
        )
        let row = try tx.query(
            """
            select c.state, m.held - m.used from reconciliation_case c join case_money m on m.case_id = c.id
            where c.id = \(caseID)::bigint for update of c
            """
        ).row()
        let state = try row.code(0, as: CaseState.self)
        if let event = CaseRules.event(whenLeft: try row.get(1), in: state) {
            try CaseStateWriter.change(
                caseID,
                state,
                on: event,
                .refund,
                note: draft.note ?? draft.reason,
                by: person,
                tx
            )
        }
    }

    private static func audit(
        _ id: UUID,
        _ plan: RefundPlan,
        _ draft: RefundDraft,
        _ requestedBy: Person,
        _ approvedBy: Person?,
        _ tx: borrowing Transaction
    ) throws {
        let payee: [JSON.Member] = [
            .init("beneficiary", draft.payee?.beneficiary?.json ?? .null),
            .init("paid_by_hand", .bool(draft.payee?.isByHand ?? false)),
        ]
        let amount = JSON.Member("amount", .money(plan.amount))
        let asked = [amount, .init("reason", .string(draft.reason))] + payee
        try Audit.record(tx, requestedBy, "refund.request", "refund:\(id.text)", .object(asked))
        if let approvedBy {
            try Audit.record(tx, approvedBy, "refund.approve", "refund:\(id.text)", .object([amount] + payee))
        }
    }

    /// Letters and digits that banks pass on unchanged and that can be found in a memo.
    private static func endToEndID() -> String {
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
        var generator = SystemRandomNumberGenerator()
        return "KHR" + String(decoding: (0..<14).map { _ in alphabet[Int(generator.next() & 31)] }, as: UTF8.self)
    }
}
