import Casework
import Postgres
import Workflow

extension CaseActions {
    /// What was decided; thrown, so that the locks taken for it are let go and nothing is kept.
    private struct Decided: Error { let verdict: CaseVerdict }

    /// What a decision about a case would come to, worked out as ``resolve(_:_:by:within:)`` does; nothing is kept.
    ///
    /// - Throws: as it does.
    func rehearse(_ id: Int64, _ decision: CaseDecision, by person: Person, within agencies: [String]?) async throws
        -> CaseVerdict
    {
        do {
            return try await ServiceError.tellingRefusals {
                try await database.transaction { tx -> CaseVerdict in
                    let facts = try CaseStore.lock(id, within: agencies, tx)
                    let names = decision.isBare && facts.proposal != nil
                    let targets = names ? CaseTargets() : try CaseTargets.of(decision, facts, within: agencies, tx)
                    let standIns = try StandInReader.of(person, tx)
                    let verdict = try CaseRules.decide(decision, on: facts, targets, by: person.id, standIns)
                    throw Decided(verdict: verdict)
                }
            }
        } catch let decided as Decided { return decided.verdict }
    }
}
