import Collection
import Matching
import TestSupport
import Testing
import Values
import Workflow

/// Lines that wait for another person's confirmation.
extension Desk {
    static let hoa = TestPerson.hoa
    static let nam = TestPerson.nam

    /// A desk whose account's files are not trusted; afterwards its books must be clean and the day explained.
    static func withConfirmation(_ body: (Desk) async throws -> Void) async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services, recovery: .confirmed)
            try await body(desk)
            try await desk.expectCleanBooks()
            let record = try await services.reports.reconciliation(account: desk.account, day: Instant.now().day)
            #expect(record.unexplained == .zero)
        }
    }

    /// What a run through today classified, without what it found none of.
    func reconcile() async throws -> [String: Int64] {
        let run = try await services.reconciliation.run(account: account, through: Instant.now().day, by: "test")
        return Dictionary(
            uniqueKeysWithValues: Reconciliation.outcomes.compactMap { name in
                let count = run.counts?[name]?.integer ?? -1
                return count == 0 ? nil : (name, count)
            }
        )
    }

    /// States of the proposals, in the order in which they were made.
    func recoveryStates() async throws -> [String] {
        try await services.database.query("select state from recovery_proposal order by id")
            .map { try $0.get(0, as: String.self) }
    }

    func status(of request: PaymentRequest) async throws -> PaymentRequestState {
        try await find(request.id.text).status
    }

    /// A statement with a line that pays each request, imported and reconciled; returns its id.
    func waiting(_ requests: [PaymentRequest], withIDs: Bool = true) async throws -> Int64 {
        var lines = StatementLines()
        for (number, request) in requests.enumerated() {
            lines.add(withIDs ? "FT\(number)" : "", 10_000, request.reference)
        }
        let id = try await lines.imported(into: self).statement.id
        let count = Int64(requests.count)
        #expect(try await reconcile() == ["recovered": count, "awaiting_confirmation": count])
        return id
    }

    func confirm(_ statement: Int64, rejecting: [Rejection] = [], by person: Person = hoa) async throws
        -> ConfirmedRecoveries
    {
        try await services.recoveryConfirmations.confirm(statement, rejecting: rejecting, by: person)
    }
}
