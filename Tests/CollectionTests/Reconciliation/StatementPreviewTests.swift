import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values

/// What a preview says of a file, and that it changes nothing.
@Suite struct StatementPreviewTests {
    /// An account at Vietcombank (970436), and one at BIDV (970418).
    private static let vietcombank = "0801000567890"
    private static let bidv = "42710001234567"
    private static let lan = Person(id: "cli:lan", name: "lan")
    private static let header = "transaction_id,booked_at,amount,memo,balance\n"

    private static let fixtures = [
        "default.csv", "default-newest-first.csv", "mt940.txt", "camt053-001-02.xml", "camt053-001-08.xml",
        "camt054-001-04.xml", "banks/acb.csv", "banks/agribank.csv", "banks/bidv.csv", "banks/mb.csv",
        "banks/techcombank.csv", "banks/two-row-header.csv", "banks/vietcombank-retail.csv", "banks/vietcombank.csv",
        "banks/vietinbank.csv", "banks/vietinbank.xlsx", "foreign/bidv-with-account.csv", "foreign/two-accounts.mt940",
        "foreign/vietcombank-zeros-lost.csv",
    ]

    private static func path(_ fixture: String) -> String { Repository.root + "/Fixtures/statements/" + fixture }

    @Test(arguments: fixtures, [vietcombank, bidv])
    func `a preview of a file in any layout stores nothing, and an import and a run do what it said`(
        file: String,
        account: String
    ) async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services, account: account)
            // A notice that a line of most fixtures confirms.
            #expect(try await desk.settle("FT26324000002", 115_000, nil) == .unknownReference)
            let before = try await StoredRows.digest(services.database)
            let path = Self.path(file)
            let preview = try await services.statementPreviews.preview(path: path, account: account).json(in: .english)
            #expect(try await StoredRows.digest(services.database) == before)
            let codes = preview["faults"]?.array?.compactMap { $0["code"]?.string } ?? []
            guard file != "foreign/two-accounts.mt940" || account == Self.vietcombank else {
                // Of neither account, so that even a forced import could not tell which one to read.
                return #expect(codes == ["statement_of_other_account", "field_invalid"])
            }
            #expect(codes.allSatisfy { $0.hasPrefix("statement_of_other_") }, "\(codes)")
            let person = StatementLines.importer
            let imported = try await services.statements.importFile(
                path: path,
                account: account,
                by: person,
                force: codes.isEmpty ? nil : .init(person: person, why: "a test")
            ).statement
            #expect((imported.forced == nil) == codes.isEmpty)
            let stored = JSON.object(imported.members(in: .english))
            for name in ["format", "lines", "credits", "debits", "opening_balance", "closing_balance"] {
                #expect(preview[name] == stored[name], "\(name)")
            }
            #expect(preview["period"]?["first_day"] == stored["first_day"])
            #expect(preview["period"]?["last_day"] == stored["last_day"])
            #expect(preview["new"] == stored["lines"] && preview["known"] == 0 && preview["has_more_faults"] == false)
            #expect(preview["continuity"]?["follows"] == true && preview["continuity"]?["expected"] == .null)
            let last = try #require(imported.lastDay)
            let run = try await services.reconciliation.run(account: account, through: last, by: "test")
            #expect(Previewed.counts(preview["run"]) == Previewed.counts(run.counts))
            for (outcome, lines) in Previewed.counts(preview["outcomes"]) {
                #expect(run.counts?[outcome]?.integer == lines, "\(outcome)")
            }
            // Techcombank's own layout has no transaction ids; the other samples show the notice.
            if !file.contains("techcombank"), !file.contains("foreign") {
                #expect(preview["outcomes"]?["matched"] == 1)
            }
        }
    }

    @Test func `a bank and a layout are recognised, and another's statement is a fault with its reason`() async throws {
        try await TestDatabase.withServices { services in
            func preview(_ file: String, _ account: String) async throws -> JSON {
                try await services.statementPreviews.preview(path: Self.path(file), account: account).json(in: .english)
            }
            let own = try await preview("banks/bidv.csv", Self.bidv)
            #expect(own["format"] == "bidv" && own["bank"] == "BIDV" && own["bank_bin"] == "970418")
            #expect(own["faults"]?.array?.isEmpty == true)
            let foreign = try await preview("foreign/bidv-with-account.csv", Self.vietcombank)
            #expect(foreign["bank_bin"] == "970418" && foreign["new"] == 2)
            let faults = try #require(foreign["faults"]?.array)
            #expect(faults.map { $0["code"] } == ["statement_of_other_bank", "statement_of_other_account"])
            #expect(faults.allSatisfy { ($0["line"]?.integer ?? 0) > 1 })
            #expect(faults[0]["reason"]?.string?.contains("BIDV (970418)") == true)
            let plain = try await preview("default.csv", Self.vietcombank)
            #expect(plain["format"] == "csv" && plain["bank"] == "Vietcombank")
        }
    }

    /// text, format: `line column code` of every fault.
    @Test(
        arguments: [
            (
                header + "T1,soon,0,x,\nT2,2026-01-02,5\nT3,2026-01-03,5,x,1000\nT4,2026-01-04,5,x,2000\n",
                "csv",
                [
                    "2 booked_at field_invalid", "2 amount field_invalid", "3 - line_invalid",
                    "5 balance field_invalid",
                ]
            ),
            (
                header + "T1,,5,x,\n" + "T2,2026-01-02,,\"x\ny\",\n", "csv",
                ["2 booked_at field_missing", "3 amount field_missing"]
            ),
            (
                "transaction_id,memo\nT1,x\n", "csv",
                [
                    "1 booked_at field_missing", "1 amount field_missing", "1 balance field_missing",
                ]
            ),
            (header + "T1,2026-01-02,5,a\"b,\n", "csv", ["2 field 4 line_invalid"]),
            ("", nil, ["1 - line_invalid"]), ("hello", nil, ["1 - line_invalid"]),
            (
                """
                STT,Ngày GD,Số tham chiếu,Mô tả,Phát sinh Nợ,Phát sinh Có,Số dư
                1,31/11/2026,FT1,x,,"135,000","10,135,000"
                2,20/11/2026,FT2,x,"5","115,000","10,250,000"
                3,21/11/2026,FT3,x,"50,000",,"10,200,000"

                """, "bidv", ["2 booked_at field_invalid", "3 credit field_invalid"]
            ),
            (
                """
                :20:S
                :25:0801000567890
                :60F:C261120VND100,
                :61:2611991120CD135000,NTRFNONREF//FT1
                :61:2611201120CD0,NTRFNONREF//FT2
                :62F:C261120VND200,
                -
                """, "mt940", ["4 :61: field_invalid", "5 :61: field_invalid"]
            ),
            (
                """
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
                <Stmt><Acct><Id><Othr><Id>0801000567890</Id></Othr></Id></Acct>
                <Ntry><Amt Ccy="VND">x</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts></Ntry>
                <Ntry><Amt Ccy="USD">5</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts></Ntry>
                </Stmt></BkToCstmrStmt>
                """, "camt053", []
            ),
        ] as [(String, String?, [String])]
    )
    func `a preview of a broken file lists every fault with its place, and stores nothing`(
        text: String,
        format: String?,
        expected: [String]
    ) async throws {
        try await TestDatabase.withServices { services in
            let account = format == "bidv" ? Self.bidv : Self.vietcombank
            let before = try await StoredRows.digest(services.database)
            let preview = try await Previewed.text(text, services, account)
            #expect(try await StoredRows.digest(services.database) == before)
            let faults = preview["faults"]?.array ?? []
            let places = faults.map { fault in
                "\(fault["line"]?.integer ?? 0) \(fault["column"]?.string ?? "-") \(fault["code"]?.string ?? "")"
            }
            if expected.isEmpty { #expect(places.count >= 2, "\(places)") } else { #expect(places == expected) }
            #expect(faults.allSatisfy { $0["reason"]?.string?.isEmpty == false })
            #expect(preview["format"] == .optional(format))
            #expect(preview["new"] == .null && preview["known"] == .null && preview["continuity"] == .null)
            #expect(preview["outcomes"] == [:] && preview["run"] == .null && preview["has_more_faults"] == false)
        }
    }

    @Test func `more faults are listed than an import lists, and it is said if there are more`() async throws {
        try await TestDatabase.withServices { services in
            func preview(_ lines: Int) async throws -> JSON {
                let text = Self.header + String(repeating: "T,never,1,,\n", count: lines)
                return try await Previewed.text(text, services, Self.vietcombank)
            }
            let some = try await preview(150)
            #expect(some["faults"]?.array?.map { $0["line"]?.integer } == (2...151).map { Int64($0) })
            #expect(some["has_more_faults"] == false)
            let many = try await preview(10_001)
            #expect(many["faults"]?.array?.count == 10_000 && many["has_more_faults"] == true)
        }
    }

    @Test func `a file that was imported is known, and so are lines that another statement contained`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let morning = try #require(Instant("2026-11-01T09:00:00+07:00"))
            var lines = StatementLines()
            lines.add("t1", 1000, "x", at: morning)
            // Without an id, a line is known by its day, amount, memo and balance.
            lines.add("", 500, "y", at: morning)
            let first = try await lines.imported(into: desk)
            let same = try await Previewed.text(lines.text, services, desk.account)
            #expect(same["already_imported"] == true && same["statement_id"] == .integer(first.id))
            #expect(same["new"] == 0 && same["known"] == 2 && same["continuity"]?["follows"] == true)
            #expect(Previewed.counts(same["outcomes"]).isEmpty)
            lines.add("t2", 700, "z", at: morning.adding(seconds: 60))
            let longer = try await Previewed.text(lines.text, services, desk.account)
            #expect(longer["already_imported"] == false && longer["new"] == 1 && longer["known"] == 2)
            #expect(longer["samples"]?["unmatched"]?.array?.map { $0["line"] } == [4])
            // The two known lines were not reconciled: a run would decide them, too.
            #expect(longer["outcomes"]?["unmatched"] == 1 && longer["run"]?["unmatched"] == 3)
        }
    }

    @Test func `whether the opening balance follows is told as an import would judge it`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var lines = StatementLines()
            lines.add("t1", 1000, "x", at: try #require(Instant("2026-11-01T09:00:00+07:00")))
            _ = try await lines.imported(into: desk)
            let noon = try #require(Instant("2026-11-02T12:00:00+07:00"))
            for (opening, gap) in [(1_001_000, 0), (1_500_000, 499_000), (900_000, -101_000)] as [(Int64, Int64)] {
                var later = StatementLines()
                later.balance = opening
                later.add("t2-\(opening)", 1000, "x", at: noon)
                let told = try await Previewed.text(later.text, services, desk.account)["continuity"]
                #expect(told?["follows"] == .bool(gap == 0) && told?["gap"] == .integer(gap))
                #expect(told?["expected"] == 1_001_000 && told?["found"] == .integer(opening))
                #expect(told?["sentence"]?.string?.isEmpty == false)
            }
            var gap = StatementLines()
            gap.balance = 1_500_000
            gap.add("t2", 1000, "x", at: noon)
            try await Previewed.withFile(gap.text) { path in
                let preview = try await services.statementPreviews.preview(path: path, account: desk.account)
                #expect(!preview.isClean)
            }
            let imported = try await gap.imported(into: desk)
            #expect(imported.gap == Money(499_000))
            let again = try await Previewed.text(gap.text, services, desk.account)["continuity"]
            #expect(again?["follows"] == false && again?["gap"] == 499_000)
            var silent = StatementLines()
            silent.add("t3", 1000, "x", at: noon, counted: false)
            let nothing = try await Previewed.text(silent.text, services, desk.account)["continuity"]
            #expect(nothing?["follows"] == true && nothing?["found"] == .null && nothing?["gap"] == .null)
        }
    }

    @Test func `each new line is told with what it would become and why`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services, recovery: .confirmed)
            let request = try await desk.request()
            var lines = StatementLines()
            #expect(try await desk.settle("t0", 7000, nil) == .unknownReference)
            lines.add("t0", 7000, "by its id")
            lines.add("t1", 10_000, "CK \(request.reference)")
            for number in 0..<30 { lines.add("s\(number)", 500, "another's") }
            let preview = try await Previewed.text(lines.text, services, desk.account)
            #expect(Previewed.counts(preview["outcomes"]) == ["matched": 1, "recovered": 1, "unmatched": 30])
            #expect(preview["awaiting_confirmation"] == 1 && preview["run"]?["cases_opened"] == 30)
            #expect(preview["samples"]?["unmatched"]?.array?.count == 20)
            let recovered = try #require(preview["samples"]?["recovered"]?.array?.first)
            #expect(recovered["code"] == "line_awaits_confirmation" && recovered["line"] == 3)
            #expect(recovered["amount"] == 10_000 && recovered["memo"] == .string("CK \(request.reference)"))
            #expect(recovered["sentence"]?.string?.contains(request.reference) == true)
            // Nothing has been done yet: what will be.
            let sentence = recovered["sentence"]?.string ?? ""
            #expect(sentence.contains("sẽ nằm ở tài khoản chờ xử lý") || sentence.contains("will stay"), "\(sentence)")
            let matched = try #require(preview["samples"]?["matched"]?.array?.first)
            #expect(matched["code"] == "line_matches_notice" && matched["memo"] == "by its id")
        }
    }

    @Test func `a preview for an account that is unknown, and of a file that is not there, is refused`() async throws {
        try await TestDatabase.withServices { services in
            for (path, account, format) in [
                (Self.path("default.csv"), "1", "auto"), ("/nowhere.csv", Self.vietcombank, "auto"),
                (Self.path("default.csv"), Self.vietcombank, "pdf"),
            ] {
                await #expect(throws: ServiceError.self) {
                    try await services.statementPreviews.preview(path: path, account: account, format: format)
                }
            }
        }
    }
}
