import Collection
import Foundation
import TestSupport
import Testing
import Values

/// `khop statement preview` and `khop reconcile --dry-run` at a terminal.
@Suite struct StatementPreviewCommandTests {
    private static let account = "0801000567890"

    private func withFile(_ lines: [String], _ body: (String) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString).csv"
        let text = "transaction_id,booked_at,amount,memo,balance\n" + lines.joined(separator: "\n") + "\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        try await body(path)
    }

    @Test func `a preview is readable in both languages, and then the import does what it said`() async throws {
        try await TestDatabase.withServices { services in
            let khop = KhopProgram(services.database.pool.options)
            try await withFile(["T1,2026-11-20,5000,tien le phi,105000", "T2,2026-11-21,-300,fee,104700"]) { path in
                let preview = ["statement", "preview", path, "--account", Self.account]
                let english = try khop.run(preview)
                #expect(english.status == 0, "\(english.errors)")
                for words in [
                    "20/11/2026 to 21/11/2026", "2: 2 new, 0 known", "No balance is known", "unmatched", "tien le phi",
                    "5,000 ₫", "Nothing was stored.",
                ] { #expect(english.output.contains(words), "\(words): \(english.output)") }
                let vietnamese = try khop.run(preview, ["LANG": "vi_VN.UTF-8"]).output
                for words in ["2 dòng mới", "chưa xác định", "5.000 ₫", "Chưa lưu gì."] {
                    #expect(vietnamese.contains(words), "\(words): \(vietnamese)")
                }
                let told = try JSON.parse(try khop.run(preview + ["--json"]).output)
                #expect(told["new"] == 2 && told["outcomes"]?["unmatched"] == 2)
                #expect(try await services.statementRecords.list().isEmpty)
                #expect(try khop.run(["statement", "import", path, "--account", Self.account]).status == 0)
                let again = try khop.run(preview)
                #expect(again.status == 0 && again.output.contains("this very file was imported: statement 1"))
                try rehearses(khop)
            }
        }
    }

    private func rehearses(_ khop: KhopProgram) throws {
        let reconcile = ["reconcile", "--account", Self.account, "--through", "2026-11-21"]
        let rehearsal = try khop.run(reconcile + ["--dry-run"])
        #expect(rehearsal.status == 0 && rehearsal.output.contains("nothing was written"), "\(rehearsal.errors)")
        let told = try JSON.parse(try khop.run(reconcile + ["--dry-run", "--json"]).output)
        let run = try JSON.parse(try khop.run(reconcile + ["--json"]).output)
        #expect(told["run_id"] == .null && told["dry_run"] == true && run["run_id"] == 1)
        for name in Reconciliation.outcomes { #expect(told[name] == run[name], "\(name)") }
    }

    @Test func `faults are a table with lines, and the exit code is 1`() async throws {
        try await TestDatabase.withServices { services in
            let khop = KhopProgram(services.database.pool.options)
            try await withFile(["T1,soon,5000,x,", "T2,2026-11-21,,y,"]) { path in
                let broken = try khop.run(["statement", "preview", path, "--account", Self.account])
                #expect(broken.status == 1 && broken.errors.isEmpty, "\(broken.errors)")
                for words in ["Faults of the file", "booked_at", "“soon” is not a time", "amount"] {
                    #expect(broken.output.contains(words), "\(words): \(broken.output)")
                }
            }
            let other = Repository.root + "/Fixtures/statements/banks/bidv.csv"
            let foreign = try khop.run(["statement", "preview", other, "--account", Self.account, "--json"])
            #expect(foreign.status == 1)
            let faults = try JSON.parse(foreign.output)["faults"]?.array
            #expect(faults?.map { $0["code"] } == ["statement_of_other_bank"])
        }
    }

    @Test func `a gap to the statements before is told, and the exit code is 1`() async throws {
        try await TestDatabase.withServices { services in
            let khop = KhopProgram(services.database.pool.options)
            try await withFile(["T1,2026-11-20,5000,x,105000"]) { path in
                let imported = try khop.run(["statement", "import", path, "--account", Self.account])
                #expect(imported.status == 0, "\(imported.errors)")
            }
            try await withFile(["T2,2026-11-21,5000,x,205000"]) { path in
                let preview = try khop.run(["statement", "preview", path, "--account", Self.account])
                #expect(preview.status == 1 && preview.output.contains("200,000 ₫"), "\(preview.output)")
            }
        }
    }
}
