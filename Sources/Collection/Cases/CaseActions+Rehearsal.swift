import Casework
import Postgres
import Values
import Workflow

extension CaseActions {
    /// Works something out as it would be done; nothing is kept.
    private func rehearsing<Value: Sendable>(_ work: @Sendable (borrowing Transaction) throws -> Value) async throws
        -> Value
    {
        try await ServiceError.tellingRefusals { try await database.rehearsing(work) }
    }

    /// What a proposal would come to, worked out as ``resolve(_:_:by:within:onlyProposes:)`` does.
    ///
    /// - Returns: the verdict, and what would move if it is a proposal.
    /// - Throws: as it does.
    func rehearse(_ id: Int64, _ decision: CaseDecision, by person: Person, within agencies: [String]?) async throws
        -> (verdict: CaseVerdict, move: CaseMoveShown?)
    {
        try await rehearsing { tx in
            let facts = try CaseStore.lock(id, within: agencies, tx)
            let names = decision.isBare && facts.proposal != nil
            let targets = names ? CaseTargets() : try CaseTargets.of(decision, facts, within: agencies, tx)
            let decider = try CaseActions.decider(person, facts, onlyProposes: true, tx)
            let verdict = try CaseRules.decide(decision, on: facts, targets, by: decider)
            guard case .propose(let move, _) = verdict else { return (verdict, nil) }
            return (verdict, try CaseMoveShown.of(move, ofCase: id, tx))
        }
    }

    /// Throws what would keep a person from approving what waits on a case, as ``approve(_:note:shown:by:within:)`` does.
    func rehearseApproval(_ id: Int64, by person: Person, within agencies: [String]?) async throws {
        try await rehearsing { tx in
            let facts = try CaseStore.lock(id, within: agencies, tx)
            let decider = try CaseActions.decider(person, facts, tx)
            let (proposal, _) = try CaseRules.approve(facts, by: decider)
            let targets = try CaseTargets.of(proposal.move, facts, within: agencies, tx)
            try CaseRules.requireStillHolds(proposal.move, on: facts, targets)
            if case .refund(let back) = proposal.move { _ = try RefundPlan.ofCase(facts, amount: back.amount) }
        }
    }
}
