import Collection
import Foundation
import Postgres
import Statements
import TestSupport
import Testing
import Values
import Workflow

/// Statements that are refused as another's, and what is kept and shown of those that are imported.
@Suite struct StatementImportTests {
    /// An account at Vietcombank (970436), and one at BIDV (970418).
    private static let vietcombank = "0801000567890"
    private static let bidv = "42710001234567"
    private static let lan = Person(id: "cli:lan", name: "lan")
    private static let person = TestPerson.lan

    private func importFixture(
        _ services: Services,
        _ name: String,
        into account: String,
        isFeed: Bool = false,
        force: String? = nil
    ) async throws -> StatementImport.Imported {
        try await services.statements.importFile(
            path: Repository.root + "/Fixtures/statements/" + name,
            account: account,
            by: Self.lan,
            isFeed: isFeed,
            force: try force.map { try .init(person: Self.person, why: $0) }
        )
    }

    private func refusal(_ body: () async throws -> StatementImport.Imported) async -> ServiceError? {
        do {
            _ = try await body()
            return nil
        } catch let error as ServiceError { return error } catch {
            Issue.record(error)
            return nil
        }
    }

    /// file, account: the reason's code and its values; none where the statement is imported.
    @Test(
        arguments: [
            ("banks/bidv.csv", bidv, nil, []),
            (
                "banks/bidv.csv", vietcombank, "statement_of_other_bank",
                ["bidv", "BIDV (970418)", "Vietcombank (970436)"]
            ),
            ("banks/acb.csv", vietcombank, "statement_of_other_bank", ["acb", "ACB (970416)"]),
            ("banks/vietcombank.csv", vietcombank, "statement_of_other_account", ["0011000000001", vietcombank]),
            ("mt940.txt", vietcombank, "statement_of_other_account", ["0011000000001", vietcombank]),
            ("camt053-001-08.xml", vietcombank, "statement_of_other_account", ["0011000000001", vietcombank]),
            ("foreign/bidv-with-account.csv", bidv, nil, []), ("default.csv", vietcombank, nil, []),
            ("foreign/two-accounts.mt940", vietcombank, nil, []),
        ] as [(String, String, String?, [String])]
    )
    func `another account's statement is refused, and the message states what to do`(
        file: String,
        account: String,
        code: String?,
        values: [String]
    ) async throws {
        try await TestDatabase.withServices { services in
            let error = await refusal { try await importFixture(services, file, into: account) }
            #expect(error?.reason?.code.rawValue == code)
            #expect(error == nil || error?.code == .statementRejected)
            for language in Language.allCases {
                for value in values { #expect(error?.message(in: language).contains(value) == true, "\(value)") }
                let way = language == .vietnamese ? "nhập bắt buộc" : "force it"
                #expect(error == nil || error?.message(in: language).contains(way) == true)
            }
            let stored = try await services.statementRecords.list()
            #expect(stored.count == (code == nil ? 1 : 0))
        }
    }

    @Test func `a forced statement records who forced it, why, and what it would have been refused for`() async throws {
        try await TestDatabase.withServices { services in
            let why = "BIDV chuyển tài khoản sang Vietcombank từ 01/11"
            let imported = try await importFixture(
                services,
                "foreign/bidv-with-account.csv",
                into: Self.vietcombank,
                force: why
            )
            #expect(imported.statement.lines == 2 && imported.statement.format == "bidv")
            let forced = try #require(try await services.statementRecords.find(imported.statement.id).forced)
            #expect(forced.by == "lan" && forced.why == why)
            #expect(forced.reasons.map(\.code) == [.statementOfOtherBank, .statementOfOtherAccount])
            let entry = try await services.database.query(
                "select actor_id, action, subject, detail from audit_entry where action = 'statement.force'"
            ).row()
            let (actor, action, subject, detail) = try entry.decode(String.self, String.self, String.self, JSON.self)
            #expect(actor == TestPerson.lan.id && action == "statement.force")
            #expect(subject == "statement:\(imported.statement.id)" && detail["why"] == .string(why))
        }
    }

    @Test func `force that was not needed is not recorded`() async throws {
        try await TestDatabase.withServices { services in
            let imported = try await importFixture(services, "banks/bidv.csv", into: Self.bidv, force: "to be sure")
            #expect(imported.statement.forced == nil)
            let entries = try await services.database.query(
                "select 1 from audit_entry where action = 'statement.force'"
            )
            #expect(entries.isEmpty)
        }
    }

    @Test func `force does not admit a broken statement`() async throws {
        try await TestDatabase.withServices { services in
            let path = FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString).csv"
            let text = String(decoding: try Repository.fixture("statements/banks/bidv.csv"), as: UTF8.self)
            try Data(text.replacing("20/11/2026", with: "31/11/2026").utf8).write(to: URL(fileURLWithPath: path))
            defer { unlink(path) }
            let error = await refusal {
                try await services.statements.importFile(
                    path: path,
                    account: Self.vietcombank,
                    by: Self.lan,
                    force: .init(person: Self.person, why: "x")
                )
            }
            #expect(error?.code == .statementRejected && error?.reason == nil && error?.faults.isEmpty == false)
            #expect(throws: ServiceError.self) { try StatementImport.Force(person: Self.person, why: "  ") }
        }
    }

    @Test func `a statement is shown with how its lines ended`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let paid = try await desk.request()
            #expect(try await desk.settle("t1", 10_000, paid.reference) == .settled)
            var lines = StatementLines()
            lines.add("t1", 10_000, "CK \(paid.reference)")
            lines.add("t2", 7_000, "no reference at all")
            lines.add("t3", -3_000, "fee")
            let id = try await lines.imported(into: desk).statement.id
            var shown = try await services.statementRecords.show(id)
            #expect(shown.lines("not_reconciled") == 3 && shown.warnings.isEmpty)
            _ = try await services.reconciliation.run(account: desk.account, through: Instant.now().day, by: "test")
            shown = try await services.statementRecords.show(id)
            #expect(shown.lines("matched") == 1 && shown.lines("unmatched") == 2 && shown.lines("not_reconciled") == 0)
            let json = shown.json(in: .english)
            #expect(json["outcomes"]?["matched"] == 1 && json["lines"] == 3 && json["imported_by"] == "test")
            #expect(
                json["first_day"] == .text(Instant.now().day) && json["forced"] == .null && json["is_feed"] == false
            )
            #expect(json["opening_balance"] == 1_000_000 && json["closing_balance"] == 1_014_000)
        }
    }

    @Test func `statements are listed by page, the latest first, of one account or of several`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            for day in 1...5 {
                var lines = StatementLines()
                lines.add(
                    "t\(day)",
                    1000,
                    "x",
                    at: try #require(Instant("2026-11-0\(day)T09:00:00+07:00")),
                    counted: false
                )
                _ = try await lines.imported(into: desk)
            }
            _ = try await importFixture(services, "banks/bidv.csv", into: Self.bidv, isFeed: true)
            let records = services.statementRecords
            let all = try await records.list()
            #expect(all.count == 6 && all.map(\.id) == all.map(\.id).sorted(by: >))
            #expect(all[0].isFeed && all[0].account == Self.bidv && all[0].bankName == "BIDV" && !all[1].isFeed)
            #expect(try await records.list(account: desk.account).count == 5)
            #expect(try await records.list(within: [Self.bidv]).map(\.id) == [all[0].id])
            #expect(try await records.list(within: []).isEmpty)
            let first = try await records.list(limit: 4)
            #expect(StatementRecords.page(first, limit: 4, in: .english)["next_cursor"] == .string(String(first[3].id)))
            let second = try await records.list(before: first[3].id, limit: 4)
            #expect((first + second).map(\.id) == all.map(\.id))
            #expect(StatementRecords.page(second, limit: 4, in: .english)["next_cursor"] == .null)
            for limit in [0, -1, 501] {
                await #expect(throws: ServiceError.self) { try await records.list(limit: limit) }
            }
        }
    }

    /// credit lines that match, credit lines that do not: whether it is shouted about.
    @Test(arguments: [(0, 9, false), (0, 10, true), (4, 6, true), (5, 5, false), (6, 4, false), (20, 21, true)])
    func `a statement of which most lines match nothing is warned about`(
        matching: Int,
        strange: Int,
        isShouted: Bool
    ) async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var lines = StatementLines()
            for number in 0..<matching {
                #expect(try await desk.settle("m\(number)", 1000, nil) == .unknownReference)
                lines.add("m\(number)", 1000, "x")
            }
            for number in 0..<strange { lines.add("s\(number)", 500, "another's") }
            // Debits say nothing about whose statement it is.
            for number in 0..<30 { lines.add("d\(number)", -10, "fee") }
            let id = try await lines.imported(into: desk).statement.id
            let run = try await services.reconciliation.run(
                account: desk.account,
                through: Instant.now().day,
                by: "test"
            )
            let expected: [Reason] =
                isShouted
                ? [
                    .statementMatchesLittle(
                        statement: id,
                        account: desk.account,
                        found: matching,
                        lines: matching + strange
                    )
                ] : []
            #expect(try await services.statementRecords.warnings(ofRun: run.id) == expected)
            let shown = try await services.statementRecords.show(id)
            #expect(shown.warnings == expected)
            #expect(shown.json(in: .english)["warnings"]?.array?.count == expected.count)
        }
    }

    @Test func `a gap is a warning of its statement`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var lines = StatementLines()
            lines.add("t1", 1000, "x", at: try #require(Instant("2026-11-01T09:00:00+07:00")))
            _ = try await lines.imported(into: desk)
            var later = StatementLines()
            later.balance = 1_500_000
            later.add("t2", 1000, "x", at: try #require(Instant("2026-11-02T09:00:00+07:00")))
            let imported = try await later.imported(into: desk)
            #expect(
                imported.statement.warnings
                    == [.statementGap(found: Money(1_500_000), expected: Money(1_001_000))]
            )
            #expect(imported.json(in: .english)["warnings"]?.array?.first?["code"] == "statement_gap")
        }
    }

    @Test func `what a line needs to settle is set for each account, a confirmation unless stated otherwise`()
        async throws
    {
        try await TestDatabase.withServices { services in
            let terms = services.accountTerms
            #expect(try await terms.recovery(of: Self.bidv) == .confirmed)
            try await terms.setRecovery(.automatic, account: Self.bidv, by: Self.person)
            #expect(try await terms.recovery(of: Self.bidv) == .automatic)
            #expect(try await terms.recovery(of: Self.vietcombank) == .confirmed)
            // The expected-by terms of the account are kept apart from it.
            try await services.bankCalendar.setExpectedWithin(account: Self.bidv, days: 3, by: "lan")
            #expect(try await terms.recovery(of: Self.bidv) == .automatic)
            try await terms.setRecovery(.confirmed, account: Self.bidv, by: Self.person)
            #expect(try await terms.recovery(of: Self.bidv) == .confirmed)
            let audited = try await services.database.query(
                "select detail ->> 'before', detail ->> 'after' from audit_entry where action = 'account.recovery' order by id"
            ).map { [try $0.get(0, as: String.self), try $0.get(1, as: String.self)] }
            #expect(audited == [["confirmed", "automatic"], ["automatic", "confirmed"]])
            await #expect(throws: ServiceError.self) {
                try await terms.setRecovery(.automatic, account: "1", by: Self.person)
            }
        }
    }
}
