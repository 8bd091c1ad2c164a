import Casework
import Collection
import TestSupport
import Testing
import Values

@Suite struct CaseListTests {
    private func ids(_ services: Services, _ state: String?) async throws -> [Int64] {
        try await services.cases.list(try Cases.Filter(kind: nil, state: state)).map(\.id)
    }

    @Test func `a case that awaits approval is not listed as open`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            for number in 1...2 { _ = try await desk.settle("T\(number)", 5000, nil) }
            let both = try await ids(services, nil)
            let (waiting, open) = (try #require(both.first), try #require(both.last))
            _ = try await services.caseActions.resolve(
                waiting,
                CaseDecision(.writeOff(amount: nil), note: "nobody asked"),
                by: TestPerson.first
            )
            #expect(try await ids(services, "open") == [open])
            #expect(try await ids(services, "awaiting_approval") == [waiting])
            #expect(try await ids(services, "resolved") == [])
        }
    }

    @Test func `times in the evidence are Vietnamese time`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            _ = try await desk.settle("T1", 5000, nil)
            let id = try #require(try await ids(services, nil).first)
            let found = try await services.cases.find(id).json(in: .vietnamese)
            for time in [found["notice"]?["occurred_at"], found["notice"]?["received_at"], found["opened_at"]] {
                #expect(time?.string?.hasSuffix("+07:00") == true, "\(time?.serialized ?? "none")")
            }
            for entry in found["history"]?.array ?? [] {
                #expect(entry["at"]?.string?.hasSuffix("+07:00") == true, "\(entry.serialized)")
            }
        }
    }
}
