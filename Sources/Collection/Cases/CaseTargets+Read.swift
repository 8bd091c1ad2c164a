import Casework
import PaymentQR
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension CaseTargets {
    /// Reads what a decision names, and locks the requests that it names.
    static func of(
        _ decision: CaseDecision,
        _ facts: CaseFacts,
        within agencies: [String]?,
        _ tx: borrowing Transaction
    ) throws -> CaseTargets {
        var targets = CaseTargets()
        targets.refund = try decision.refundID.flatMap { try RefundStore.lock($0, within: agencies, tx)?.facts }
        var ids = decision.requestNames.compactMap { UUID(uuidString: $0) }
        if decision.action == .accept, let own = facts.requestID { ids.append(own) }
        let references = decision.requestNames.compactMap { CreditorReference($0)?.text }
        let found = try RequestStore.lock(ids: ids, references: references, within: agencies, tx)
        targets.own = found.first { $0.id == facts.requestID }
        for name in decision.requestNames {
            let (id, reference) = (UUID(uuidString: name), CreditorReference(name)?.text)
            targets.requests[name] = found.first { $0.id == id || $0.reference == reference }
        }
        if case .link = decision.choice, let request = decision.requestNames.first.flatMap({ targets.requests[$0] }) {
            targets.unconfirmed = try unconfirmed(of: request, facts, tx)
        }
        return targets
    }

    /// A payment of a request that a notice posted and no line has confirmed, of the amount of the case's line.
    private static func unconfirmed(
        of request: RequestFacts,
        _ facts: CaseFacts,
        _ tx: borrowing Transaction
    ) throws -> UnconfirmedPayment? {
        guard let line = facts.line else { return nil }
        let rows = try tx.query(
            """
            select a.id, a.amount from awaited_notice a join statement_line l on l.id = \(line.id)::bigint
                and l.account_number = a.account_number and l.amount = a.amount
            where a.payment_request_id = \(request.id)::uuid
                and not exists (select 1 from line_notice n where n.line_id = l.id)
            order by a.id limit 1
            """
        )
        guard let (notice, amount) = try rows.first?.decode(Int64.self, Money.self) else { return nil }
        return UnconfirmedPayment(
            noticeID: notice,
            requestID: request.id,
            reference: request.reference,
            amount: amount
        )
    }

    /// Reads the requests that a proposed move pays, in their current state.
    static func of(
        _ move: CaseMove,
        _ facts: CaseFacts,
        within agencies: [String]?,
        _ tx: borrowing Transaction
    ) throws -> CaseTargets {
        try of(CaseRules.decision(for: move), facts, within: agencies, tx)
    }
}
