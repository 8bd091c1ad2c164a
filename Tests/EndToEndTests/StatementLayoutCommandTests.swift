import Foundation
import Statements
import TestSupport
import Testing
import Values

/// `khop statement layouts` and `khop statement describe` at a terminal.
@Suite struct StatementLayoutCommandTests {
    private static let account = "0801000567890"

    @Test func `the layouts are listed without a database, one's own first`() async throws {
        let khop = KhopProgram()
        let folder = FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(atPath: folder) } catch {} }
        let own =
            #"{"name": "own", "header": ["a"], "columns": {"booked_at": 1, "amount": 2}, "dates": ["dd/MM/yyyy"]}"#
        try own.write(toFile: folder + "/own.json", atomically: true, encoding: .utf8)
        let listed = try await khop.runAside(["statement", "layouts"], ["KHOP_STATEMENT_MAPPINGS": folder])
        #expect(listed.status == 0, "\(listed.errors)")
        for words in [
            "LAYOUT", "RECOGNISED BY", "techcombank-enquiry", "standard-chartered", "Techcombank", "guess", "PDF",
        ] {
            #expect(listed.output.contains(words), "\(words): \(listed.output)")
        }
        #expect(listed.output.split(separator: "\n")[2].hasPrefix("own "))
        let json = try JSON.parse(try await khop.runAside(["statement", "layouts", "--json"]).output).array ?? []
        #expect(json.compactMap { $0["name"]?.string } == StatementMapping.builtIn.map(\.name))
        #expect(json.allSatisfy { ["file", "program", "guess"].contains($0["confidence"]?.string) })
    }

    /// A bank's table with headings that nobody has seen, which the balances explain.
    private static let unknown = """
        Ngân hàng Ví Dụ
        Lúc;Mã;Vào;Ra;Còn;Chữ
        20/11/2026 08:15:30;KL000001;135.000;;10.135.000;le phi cap lai
        21/11/2026 10:00:05;KL000002;;50.000;10.085.000;phi quan ly
        21/11/2026 16:45:00;KL000003;20.000;;10.105.000;dk thuong tru

        """

    @Test func `an unknown table is described, corrected and then imported by its mapping`() async throws {
        try await TestDatabase.withServices { services in
            let khop = KhopProgram(services.database.pool.options)
            let file = FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString).csv"
            try Self.unknown.write(toFile: file, atomically: true, encoding: .utf8)
            defer { unlink(file) }
            let refused = try await khop.runAside(["statement", "preview", file, "--account", Self.account])
            #expect(refused.status == 1 && refused.output.contains("khop statement describe"), "\(refused.output)")
            let shown = try await khop.runAside(["statement", "describe", file])
            #expect(shown.status == 0, "\(shown.errors)")
            for words in [
                "The balances prove the columns of money.", "-50.000", "2026-11-21T16:45:00", "dk thuong tru",
            ] {
                #expect(shown.output.contains(words), "\(words): \(shown.output)")
            }
            let made = try await khop.runAside(
                ["statement", "describe", file, "--name", "vidu", "--column", "transaction_id=0", "--json"]
            )
            let mapping = try StatementMapping(made.output.utf8)
            #expect(mapping.name == "vidu" && mapping.json["columns"]?["transaction_id"] == nil)
            #expect(mapping.json["columns"]?["credit"] == ["Vào"] && mapping.json["columns"]?["debit"] == ["Ra"])
            try made.output.write(toFile: file + ".json", atomically: true, encoding: .utf8)
            defer { unlink(file + ".json") }
            let imported = try await khop.runAside(
                ["statement", "import", file, "--account", Self.account, "--mapping", file + ".json"]
            )
            #expect(imported.status == 0, "\(imported.errors)")
            #expect(try await services.statementRecords.list().map(\.lines) == [3])
            let wrong = try await khop.runAside(["statement", "describe", file, "--column", "money=1"])
            #expect(wrong.status != 0 && wrong.errors.contains("must be like credit=5"), "\(wrong.errors)")
        }
    }
}
