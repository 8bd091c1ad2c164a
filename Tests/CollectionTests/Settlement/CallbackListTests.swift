import Collection
import TestSupport
import Testing
import Values

@Suite struct CallbackListTests {
    private func list(_ services: Services, _ outcome: String?, before: Int64? = nil, limit: Int = 100) async throws
        -> [JSON]
    {
        try await services.callbackReplay.list(
            .recorded,
            connection: nil,
            outcome: outcome,
            before: before,
            limit: limit
        )
    }

    /// The ids on this page of one and those after it; a recursion, for a loop that keeps its place crashes the compiler (6.3.1).
    private func pages(_ services: Services, _ before: Int64?, left: Int) async throws -> [String] {
        guard left > 0 else { return [] }
        let ids = try await list(services, nil, before: before, limit: 1).compactMap { $0["id"]?.string }
        guard let last = ids.last(where: { $0.hasPrefix("recorded:") }) else { return ids }
        return ids + (try await pages(services, try CallbackReplay.ID(last).number, left: left - 1))
    }

    @Test func `a conflicting report is listed among the callbacks and can be shown`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            #expect(try await desk.settle("T1", 10_000, request.reference) == .settled)
            #expect(try await desk.settle("T1", 11_000, request.reference) == .conflict)
            let all = try await list(services, nil)
            #expect(all.compactMap { $0["outcome"]?.string } == ["conflict", "settled"])
            let conflict = try #require(try await list(services, "conflict").first)
            #expect(conflict["connection"] == "bank" && conflict["detail"] == "T1" && conflict["amount"] == 11_000)
            let id = try CallbackReplay.ID(try #require(conflict["id"]?.string))
            #expect(id.place == .conflict)
            #expect(try await services.callbackReplay.show(id)["body"] == "{}")
        }
    }

    @Test func `each page shows the conflicts of its time once`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            for number in 1...3 {
                _ = try await desk.settle("T\(number)", 5000, nil)
                _ = try await desk.settle("T\(number)", 6000, nil)
            }
            let seen = try await pages(services, nil, left: 4)
            #expect(seen.count { $0.hasPrefix("recorded:") } == 3)
            #expect(Set(seen.filter { $0.hasPrefix("conflict:") }).count == 3)
        }
    }

    @Test func `an outcome that is unknown is refused with the outcomes`() async throws {
        try await TestDatabase.withServices { services in
            let error = try await #require(throws: ServiceError.self) { try await list(services, "nonsense") }
            #expect(error.message(in: .english).hasPrefix("outcome: must be one of settled, partial"))
        }
    }
}
