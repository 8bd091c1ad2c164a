import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values
import Workflow

@Suite struct ReconciliationRecordTests {
    @Test func `a signed-off day stays as it was, and later changes are shown beside it`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let day = Instant.now().day
            let person = Person(id: TestPerson.finance.id, name: "Kế toán")
            let (first, second) = (try await desk.request(), try await desk.request())
            _ = try await desk.settle("FT1", 10_000, first.reference)
            _ = try await desk.settle("FT2", 10_000, second.reference)
            var lines = StatementLines()
            lines.add("FT1", 10_000, "x")
            lines.add("FT1", 10_000, "x", counted: true)
            lines.add("OUT", -700, "phi")
            _ = try await lines.imported(into: desk)
            await #expect(throws: ServiceError.self) {
                try await services.reports.signOff(account: desk.account, day: day, by: person)
            }
            _ = try await services.reconciliation.run(account: desk.account, through: day, by: "Hoa")
            let record = try await services.reports.reconciliation(account: desk.account, day: day)
            #expect(record.opening == Money(1_000_000) && record.closing == Money(lines.balance))
            #expect(record.statedClosing == record.closing && record.unexplained == .zero)
            // FT2 is still to come, and the line that came twice is no money.
            #expect(record.difference == .zero)
            #expect(record.items.map(\.reason.code.rawValue).sorted() == ["awaiting_line", "repeated_line"])
            #expect(record.runs.first?["started_by"] == "Hoa" && record.casesOpened.count == 2)
            await #expect(throws: ServiceError.self) {
                try await services.reports.signOff(account: desk.account, day: day, by: person)
            }
            let signed = try await services.reports.signOff(
                account: desk.account,
                day: day,
                by: person,
                acknowledging: "chờ FT2"
            )
            #expect(signed.json["adjustments"] == [] && signed.json["signed_off_by"] == "Kế toán")
            await #expect(throws: ServiceError.self) {
                try await services.reports.signOff(
                    account: desk.account,
                    day: day,
                    by: person,
                    acknowledging: "một lần nữa"
                )
            }
            // A callback of that day comes late.
            _ = try await desk.settle("FT9", 4000, nil)
            let later = try await services.reports.reconciliation(account: desk.account, day: day).json
            #expect(later["difference"] == 0 && later["books_balance"]?.integer == lines.balance)
            let changed = later["adjustments"]?.array?.compactMap { $0["member"]?.string }
            #expect(changed == ["books_balance", "difference", "items"])
            // On paper, too: as it was signed, with what changed beside it, who ran it, and its cases.
            let printed = try await services.reports.reconciliation(account: desk.account, day: day)
            // What did not change is not among the changes, whatever order the database keeps it in.
            let changes = printed.changesSinceSigned
            #expect(changes.count == 3 && changes.map(\.now).last == Money(4000), "\(changes)")
            #expect(changes.last?.was == nil && changes[1].title.vietnamese.contains("sổ sách trừ ngân hàng"))
            try Self.changedOutcomes(of: record)
            let tables = printed.sheets.map { $0.table(in: .vietnamese) }
            #expect(tables[0].contains("“chờ FT2”"))
            #expect(tables.count == 5 && tables[0].contains("Kế toán") && tables[0].contains("1.019.300"))
            #expect(!tables[0].contains("1.023.300") && tables[1].contains("1.023.300"))
            #expect(tables.contains { $0.contains("dòng sao kê trùng") } && tables.contains { $0.contains("Hoa") })
            let csv = printed.flatSheet.csv
            #expect(csv.contains("minutes,account,\(day),,,\(desk.account)") && csv.contains("run,Hoa"))
            #expect(csv.contains("difference,repeated_line") && csv.contains("adjustment,"))
        }
    }

    /// Of the outcomes of the lines, what was beside what is, and no others.
    private static func changedOutcomes(of record: ReconciliationReport) throws {
        let groups = try #require(record.json["groups"]?.array)
        #expect(groups.count > 1)
        let signed = groups.enumerated().map { place, group -> JSON in
            let members = (group.members ?? []).map { member -> JSON.Member in
                place == 0 && ["count", "amount"].contains(member.name) ? .init(member.name, 7) : member
            }
            return .object(members.reversed())
        }
        var changed = record
        let members = (record.json.members ?? []).map { $0.name == "groups" ? .init("groups", .array(signed)) : $0 }
        changed.signOff = ("Lan", .now(), .object(members))
        let changes = changed.changesSinceSigned
        #expect(changes.count == 1 && changes[0].was == Money(7), "\(changes)")
        #expect(changes[0].now == groups[0]["amount"]?.integer.map { Money($0) })
        #expect(changes[0].title.vietnamese.contains("7 → "), "\(changes[0].title)")
    }
}
