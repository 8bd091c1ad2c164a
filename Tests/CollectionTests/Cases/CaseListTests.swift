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

    @Test func `a list says whom and what a case is about, and is cut by account, amount and day`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            #expect(try await desk.settle("PART", 4000, request.reference) == .partial)
            _ = try await desk.settle("LOST", 7000, "tien le phi")
            let short = try await desk.only("underpaid")
            _ = try await services.caseActions.resolve(short, CaseDecision(.askBank, note: "whose?"), by: Desk.first)
            _ = try await services.caseDesk.write(short, [.due(Instant.now().day.adding(days: -1))], by: Desk.first)
            func listed(_ change: (inout Cases.Filter) -> Void) async throws -> [Case] {
                var filter = Cases.Filter()
                change(&filter)
                return try await services.cases.list(filter)
            }
            let all = try await listed { $0.account = desk.account }
            let one = try #require(all.first { $0.id == short })
            #expect(one.subject.reference == request.reference && one.subject.dossierCode == request.dossierCode)
            #expect(one.subject.askedBankAt != nil)
            let lost = try #require(all.first { $0.subject.memo == "tien le phi" })
            #expect(all.count == 2 && lost.subject.reference == nil && lost.subject.askedBankAt == nil)
            #expect(try await listed { $0.account = "1" }.isEmpty)
            #expect(try await listed { $0.amount = Money(7000) }.map(\.id) == [lost.id])
            #expect(try await listed { $0.isOverdue = true }.map(\.id) == [short])
            #expect(lost.json(in: .english)["memo"] == "tien le phi")
        }
    }
}
