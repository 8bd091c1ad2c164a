import Collection
import TestSupport
import Testing
import Values
import Workflow

/// What completed a request, as it is kept and told.
@Suite struct SettledByTests {
    @Test func `a notice settles a request, and more money later does not change that`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            #expect(try await desk.settle("T1", 4000, request.reference) == .partial)
            #expect(try await desk.find(request.id.text).settledBy == nil)
            #expect(try await desk.settle("T2", 6000, request.reference) == .settled)
            let paid = try await desk.find(request.id.text)
            #expect(paid.settledBy == .notice)
            #expect(paid.json(publicURL: "", now: .now(), in: .english)["settled_by"] == "notice")
            // More money changes nothing of that.
            #expect(try await desk.settle("T3", 6000, request.reference) == .overpaid)
            #expect(try await desk.find(request.id.text).settledBy == .notice)
        }
    }

    @Test func `a decision about money in suspense settles a request`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            #expect(try await desk.settle("LOST", 10_000, nil) == .unknownReference)
            let id = try await desk.only("unknown_reference")
            _ = try await desk.decide(id, .link(.request(request.reference), amount: nil))
            #expect(try await desk.find(request.id.text).settledBy == .caseDecision)
        }
    }

    @Test func `the database keeps exemptions and payments apart`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            #expect(try await desk.settle("T1", 10_000, request.reference) == .settled)
            for wrong in ["exemption", "nothing_due"] {
                await #expect(throws: (any Error).self) {
                    try await services.database.asOwner("update payment_request set settled_by = \(wrong)")
                }
            }
            await #expect(throws: (any Error).self) {
                try await services.database.asOwner("update payment_request set settled_by = null")
            }
        }
    }
}
