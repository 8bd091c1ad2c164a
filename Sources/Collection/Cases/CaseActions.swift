public import Casework
public import Postgres
import Values
import Workflow

/// What people do about cases. Moving money takes two persons; every action is one transaction and is recorded.
public struct CaseActions: Sendable {
    let database: Database
    private let cases: Cases

    public init(_ database: Database, cases: Cases) {
        self.database = database
        self.cases = cases
    }

    /// Proposes, approves or performs a decision; returns the updated case.
    ///
    /// - Parameters:
    ///   - agencies: the agencies that the caller acts for; `nil` for all.
    ///   - onlyProposes: whether the caller means to propose: a proposal that waits is then refused and not approved, even
    ///     if it is the same.
    public func resolve(
        _ id: Int64,
        _ decision: CaseDecision,
        by person: Person,
        within agencies: [String]? = nil,
        onlyProposes: Bool = false
    ) async throws -> CaseFile {
        let inquiry = try await ServiceError.tellingRefusals {
            try await database.transaction { tx -> CaseFile.Inquiry? in
                let facts = try CaseStore.lock(id, within: agencies, tx)
                // A bare approval names nothing; the waiting proposal is read again when it is performed.
                let names = decision.isBare && facts.proposal != nil
                let targets = names ? CaseTargets() : try CaseTargets.of(decision, facts, within: agencies, tx)
                let decider = try CaseActions.decider(person, facts, onlyProposes: onlyProposes, tx)
                switch try CaseRules.decide(decision, on: facts, targets, by: decider) {
                case .propose(let move, let reason):
                    try CaseProposal.insert(move, reason, note: decision.note, for: id, by: person, tx)
                case .perform(let proposal, let reason):
                    try person.requireFreshFactor()
                    try CaseMoveWriter.perform(
                        proposal,
                        reason,
                        on: facts,
                        by: person,
                        note: decision.note,
                        within: agencies,
                        tx
                    )
                case .done(let event?):
                    try CaseStateWriter.change(
                        id,
                        facts.state,
                        on: event,
                        decision.action,
                        note: decision.note,
                        by: person,
                        tx
                    )
                    try CaseActions.audit(decision, id, person, tx)
                case .done(nil):
                    let inquiry = try Cases.inquiry(id, tx)
                    let asked: JSON = [
                        "note": .string(decision.note), "file_name": .string(inquiry.fileName),
                        "csv": .string(inquiry.csv),
                    ]
                    try CaseHistory.record(tx, id, .askedBank, person, asked)
                    try CaseActions.audit(decision, id, person, tx)
                    return inquiry
                }
                return nil
            }
        }
        var file = try await cases.find(id)
        file.inquiry = inquiry
        return file
    }

    private static func audit(
        _ decision: CaseDecision,
        _ id: Int64,
        _ person: Person,
        _ tx: borrowing Transaction
    ) throws {
        let action = decision.action.rawValue
        let detail: JSON = ["action": .string(action), "note": .string(decision.note)]
        try Audit.record(tx, person, "case.\(action)", "case:\(id)", detail)
    }

    /// The person as the rules of cases know them; whether they may approve a refund is read where one waits.
    static func decider(
        _ person: Person,
        _ facts: CaseFacts,
        onlyProposes: Bool = false,
        _ tx: borrowing Transaction
    ) throws -> CaseDecider {
        let isRefund = facts.proposal?.move.action == .refund
        let agency = isRefund ? try CaseStore.agency(ofCase: facts.id, tx) : nil
        return CaseDecider(
            person.id,
            try StandInReader.of(person, tx),
            approvesRefunds: isRefund ? try ApproverReader.approvesRefunds(person, agency: agency, tx) : false,
            onlyProposes: onlyProposes
        )
    }

    /// Approves the waiting proposal of a case as it was made.
    ///
    /// - Parameters:
    ///   - note: a note of the second person, for the history.
    ///   - shown: the proposal that the person was shown; another one is not approved. `nil` for whichever waits.
    public func approve(
        _ id: Int64,
        note: String? = nil,
        shown: Int64? = nil,
        by person: Person,
        within agencies: [String]? = nil
    ) async throws -> CaseFile {
        try await ServiceError.tellingRefusals {
            try await database.transaction { tx in
                let facts = try CaseStore.lock(id, within: agencies, tx)
                if let shown, let waiting = try CaseProposal.waiting(id, tx)?.id, waiting != shown {
                    throw CaseActions.changed(id)
                }
                let decider = try CaseActions.decider(person, facts, tx)
                let (proposal, reason) = try CaseRules.approve(facts, by: decider)
                try person.requireFreshFactor()
                try CaseMoveWriter.perform(
                    proposal,
                    reason,
                    on: facts,
                    by: person,
                    note: note,
                    within: agencies,
                    tx
                )
            }
        }
        return try await cases.find(id)
    }

    private static func changed(_ id: Int64) -> ServiceError {
        ServiceError(
            .conflict,
            Phrase(
                vi: "Đề xuất của vụ việc \(id) đã được thay bằng đề xuất khác từ khi bạn xem: hãy xem lại rồi duyệt.",
                en: "The proposal on case \(id) is another one than you were shown: look at it and approve it."
            )
        )
    }

    /// Withdraws or turns down the proposal that waits on a case; anyone who may resolve cases may do so.
    public func withdraw(_ id: Int64, note: String, by person: Person, within agencies: [String]? = nil) async throws
        -> CaseFile
    {
        try await ServiceError.tellingRefusals {
            try await database.transaction { tx in
                let facts = try CaseStore.lock(id, within: agencies, tx)
                let proposal = try CaseRules.waiting(on: facts)
                try CaseProposal.decide(.withdraw, on: id, by: person, tx)
                let detail: JSON = ["action": .string(proposal.move.action.rawValue), "note": .string(note)]
                try CaseHistory.record(tx, id, .withdrawn, person, detail)
                try Audit.record(tx, person, "case.withdraw", "case:\(id)", ["note": .string(note)])
            }
        }
        return try await cases.find(id)
    }
}
