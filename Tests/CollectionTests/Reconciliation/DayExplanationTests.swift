import Collection
import Matching
import Postgres
import TestSupport
import Testing
import Values

/// Why bank and books differ on a day.
@Suite struct DayExplanationTests {
    @Test func `every kind of difference is told with its amount, its sentence and what it is about`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let day = Instant.now().day
            let (first, second) = (try await desk.request(), try await desk.request())
            _ = try await desk.settle("FT1", 10_000, first.reference)
            _ = try await desk.settle("FT2", 10_000, second.reference)
            var lines = StatementLines()
            lines.add("FT1", 10_000, "x")
            lines.add("FT1", 10_000, "x", counted: true)
            lines.add("OUT", -700, "phi")
            _ = try await lines.imported(into: desk)
            let before = try await services.explanations.explain(account: desk.account, day: day)
            #expect(before.residual == .zero)
            #expect(before.items.map(\.kind).contains(.lineNotPlaced))
            _ = try await services.reconciliation.run(account: desk.account, through: day, by: "Hoa")
            let after = try await services.explanations.explain(account: desk.account, day: day)
            #expect(Set(after.items.map(\.kind)) == [.paymentNotAtBank, .lineRepeated])
            #expect(after.residual == .zero && after.difference == after.items.map(\.amount).total())
            let json = after.json(in: .vietnamese)
            let transit = json["items"]?.array?.first { $0["kind"] == "payment_not_at_bank" }
            #expect(transit?["amount"] == -10_000 && transit?["code"] == "awaiting_line")
            #expect(transit?["ids"]?["payment_request_id"]?.string == second.id.text)
            #expect(transit?["sentence"]?.string?.contains("FT2") == true)
            #expect(json["bank"]?.integer.map { $0 - (json["books"]?.integer ?? 0) } == json["difference"]?.integer)
        }
    }

    @Test func `items beyond the limit are summed by kind`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let day = Instant.now().day
            for number in 1...5 { _ = try await desk.settle("FT\(number)", Int64(number) * 1000, nil) }
            let told = try await services.explanations.explain(account: desk.account, day: day, limit: 2)
            #expect(told.items.map(\.amount) == [Money(-1000), Money(-2000), Money(-12_000)])
            #expect(told.items.last?.reason.sentence(in: .english) == "3 more of the same kind, -12,000 ₫ in all.")
            #expect(told.residual == .zero)
        }
    }

    @Test func `an account that no agency is paid on is not explained`() async throws {
        try await TestDatabase.withServices { services in
            let refused = await #expect(throws: ServiceError.self) {
                try await services.explanations.explain(account: "1", day: Instant.now().day)
            }
            #expect(refused?.faults.map(\.pointer) == ["account_number"])
        }
    }
}
