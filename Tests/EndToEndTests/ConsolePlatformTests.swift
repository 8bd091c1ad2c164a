import Collection
import Foundation
import Identity
import Postgres
import Server
import TestSupport
import Testing
import Values

/// The platform's daily file in the console: dropped, seen beside the books, imported, answered.
@Suite struct ConsolePlatformTests {
    private static let path = "/console/statements/platform"

    /// A file of today: what was paid as the platform has it, and a row of a code that was never given out.
    private static func file(_ town: PlatformTown) -> String {
        let digits = Instant.now().day.description.replacing("-", with: "")
        let own = town.platform.file(of: digits).split(separator: "\n").dropLast().map(String.init)
        let lines = own + ["RF18AAAABBBBCCCC0000|99|500|\(digits)080000|VCB|1"]
        let sum = lines.dropFirst().reduce(0) { $0 + (Int($1.split(separator: "|")[2]) ?? 0) }
        return (lines + ["\(lines.count - 1)|\(sum)|"]).joined(separator: "\n") + "\n"
    }

    private static func fields(_ day: Day = Instant.now().day) -> [String: String] {
        ["connection": "dvc", "day": day.description]
    }

    @Test func `a file is dropped, its differences seen before it counts, imported, and answered`() async throws {
        try await PlatformTown.with([.onTime: 1]) { town in
            let asked = try await town.pay.ask()
            let code = try await town.pay(asked)
            try await until("it is paid") { try await town.status(asked) == "paid" }
            let clerk = try await ConsoleDesk(server: town.server).visitor(.finance, name: "Lan")
            let list = try await clerk.get(Self.path)
            #expect(list.text.contains("<option value=\"dvc\">dvc</option>") && list.text.contains("platform/look"))
            let file = Self.file(town)
            let dropped = try await clerk.drop(
                [("doi-soat.txt", Array(file.utf8))],
                csrf: list.csrf,
                at: Self.path + "/look",
                Self.fields()
            )
            let place = try #require(dropped.location, "\(dropped.text)")
            let preview = try await clerk.get(place)
            #expect(preview.text.contains("RF18AAAABBBBCCCC0000") && preview.text.contains(code), "\(preview.text)")
            #expect(preview.text.contains("Preview of the file") && !preview.text.contains("/answer"))
            // Nothing was kept of it, and no case opened.
            func count(_ table: String) async throws -> Int64 {
                try await town.server.services.database.query(Query(trustedSQL: "select count(*) from \(table)")).row()
                    .get(0)
            }
            #expect(try await count("platform_file") == 0)
            #expect(try await count("platform_row") == 0)
            #expect(try await count("reconciliation_case where kind = 'platform_difference'") == 0)
            #expect(try await count("audit_entry where action = 'platform_file.import'") == 0)
            // Somebody else has no hold of it.
            let other = try await ConsoleDesk(server: town.server).visitor(.finance, name: "Hoa")
            #expect(try await other.get(place).status == 404)
            let imported = try await clerk.post(place, ["csrf": preview.csrf])
            let shown = try await clerk.get(try #require(imported.location, "\(imported.text)"))
            #expect(shown.text.contains("Imported; each difference is a case"), "\(shown.text)")
            #expect(try await count("reconciliation_case where kind = 'platform_difference'") == 1)
            #expect(try await count("audit_entry where action = 'platform_file.import'") == 1)
            let own = String(try #require(imported.location?.split(separator: "?").first))
            let answer = try await clerk.post(own + "/answer", ["csrf": shown.csrf])
            #expect(answer.headers["content-disposition"]?.contains("attachment") == true)
            #expect(answer.text.contains("|matched|") && answer.text.contains("|unmatched|platform_row_unknown"))
            // It is taken once, and the same again leads to what is there.
            #expect(try await clerk.post(place, ["csrf": preview.csrf]).status == 404)
            let again = try await clerk.drop(
                [("lan-nua.txt", Array(file.utf8))],
                csrf: list.csrf,
                at: Self.path + "/look",
                Self.fields()
            )
            #expect(again.location == own)
        }
    }

    @Test func `what cannot be a day's file is told on the form, which keeps what was chosen`() async throws {
        try await PlatformTown.with([.onTime: 1]) { town in
            let clerk = try await ConsoleDesk(server: town.server).visitor(.finance, name: "Lan")
            let csrf = try await clerk.get(Self.path).csrf
            let file = Self.file(town)
            let today = Instant.now().day
            for (text, fields, told) in [
                (String(file.dropLast(3)), Self.fields(), "changed or damaged"),
                ("<html>", Self.fields(), "role=\"alert\""),
                (file, Self.fields(today.adding(days: -3)), "No row of the file is of"),
                (file, ["connection": "nobody", "day": today.description], "No connection is named"),
                (file, ["connection": "dvc", "day": "yesterday"], "role=\"alert\""),
            ] as [(String, [String: String], String)] {
                let page = try await clerk.drop(
                    [("a.txt", Array(text.utf8))],
                    csrf: csrf,
                    at: Self.path + "/look",
                    fields
                )
                #expect((400..<500).contains(page.status) && page.text.contains("role=\"alert\""))
                #expect(page.text.contains(told), "\(told): \(page.text)")
                #expect(page.text.contains("value=\"\(fields["day"] ?? "")\""))
            }
            // Who may not import has no form.
            let auditor = try await ConsoleDesk(server: town.server).visitor(.auditor, name: "Kiểm")
            #expect(try await !auditor.get(Self.path).text.contains("platform/look"))
            let refused = try await auditor.drop(
                [("a.txt", Array(file.utf8))],
                csrf: csrf,
                at: Self.path + "/look",
                Self.fields()
            )
            #expect(refused.status == 403)
        }
    }
}
