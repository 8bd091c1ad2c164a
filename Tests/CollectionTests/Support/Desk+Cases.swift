import Casework
import Collection
import TestSupport
import Testing
import Values

/// Two persons who decide about cases.
extension Desk {
    static let first = TestPerson.first
    static let second = TestPerson.second

    /// The one open case of a kind.
    func only(_ kind: String) async throws -> Int64 {
        let found = try await cases(kind)
        try #require(found.count == 1)
        return try #require(found[0]["id"]?.integer)
    }

    /// Proposed by one, refused to them, done by the other.
    func decide(_ id: Int64, _ choice: CaseDecision.Choice, note: String = "why") async throws -> CaseFile {
        let actions = services.caseActions
        let decision = CaseDecision(choice, note: note)
        #expect(try await actions.resolve(id, decision, by: Desk.first).head.state == .awaitingApproval)
        await #expect(throws: ServiceError.self) { try await actions.approve(id, by: Desk.first) }
        await #expect(throws: ServiceError.self) { try await actions.resolve(id, decision, by: Desk.first) }
        return try await actions.resolve(id, decision, by: Desk.second)
    }

    /// What a call refuses.
    func refusal(_ work: () async throws -> some Any) async -> ServiceError? {
        do {
            _ = try await work()
            return nil
        } catch { return error as? ServiceError }
    }
}
