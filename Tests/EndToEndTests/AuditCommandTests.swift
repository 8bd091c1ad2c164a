import Collection
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// The audit at the terminal: what commands leave there, how it is read, and the bundle for an inspector.
@Suite struct AuditCommandTests {
    /// A folder with the keys that all commands of a test share.
    private struct Desk {
        let khop: KhopProgram
        let services: Services
        let folder: String
        let environment: [String: String]

        init(_ services: Services) throws {
            self.services = services
            khop = KhopProgram(services.database.pool.options)
            folder = FileManager.default.temporaryDirectory.path + "/khop-audit-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            environment = [
                "KHOP_HOME": folder + "/home", "KHOP_SESSION_FILE": folder + "/session",
                "KHOP_SECRET_KEY": SecretBox.newKeyBase64(), "SECRET": TestSecret.standard(1),
                "OTHER": TestSecret.standard(2), "KHOP_EVENT_LOOPBACK": "true",
            ]
        }

        func run(_ arguments: [String]) throws -> KhopProgram.Result { try khop.run(arguments, environment) }

        /// Runs a command, which must leave entries with these actions and no others.
        @discardableResult func run(_ command: String, leaves actions: String...) async throws -> JSON {
            let last = try await services.database.query("select coalesce(max(id), 0) from audit_entry").row()
                .get(0, as: Int64.self)
            let ended = try run(command.split(separator: " ").map { String($0) } + ["--json"])
            #expect(ended.status == 0, "\(command): \(ended.errors)")
            let rows = try await services.database.query(
                "select action, actor_id, address, request_id from audit_entry where id > \(last)::bigint order by id"
            )
            #expect(try rows.map { try $0.get(0, as: String.self) } == actions, "\(command)")
            for row in rows {
                let (_, actor, address, call) = try row.decode(String.self, String.self, String?.self, String?.self)
                #expect(actor.hasPrefix("cli:") && address == actor && call == nil)
            }
            return try JSON.parse(ended.output)
        }
    }

    private static func with(_ body: (Desk) async throws -> Void) async throws {
        try await TestDatabase.withServices { services in
            let desk = try Desk(services)
            defer { do { try FileManager.default.removeItem(atPath: desk.folder) } catch {} }
            try await body(desk)
        }
    }

    @Test func `what sets the service up leaves an entry, whoever sits at the terminal`() async throws {
        try await Self.with { desk in
            let key = try await desk.run("key create --role portal --name p", leaves: "key.add")
            let id = try #require(key["id"]?.string)
            try await desk.run("key rotate \(id) --overlap 1d", leaves: "key.rotate")
            try await desk.run("key revoke \(id)", leaves: "key.revoke")
            try await desk.run(
                "connection add bank --profile standard --account 0801000567890 --secret-env SECRET",
                leaves: "connection.add"
            )
            try await desk.run("connection rotate bank --secret-env OTHER", leaves: "connection.rotate")
            try await desk.run("connection commission bank --percent 1.1", leaves: "connection.commission")
            try await desk.run("connection disable bank", leaves: "connection.disable")
            try await desk.run("connection enable bank", leaves: "connection.enable")
            try await desk.run("event endpoint add p --url http://127.0.0.1:9/", leaves: "event_endpoint.add")
            try await desk.run("event endpoint rotate p", leaves: "event_endpoint.rotate")
            try await desk.run("event endpoint disable p", leaves: "event_endpoint.disable")
            try await desk.run("event endpoint enable p", leaves: "event_endpoint.enable")
            try await desk.run("event endpoint remove p", leaves: "event_endpoint.remove")
            try await desk.run("event redeliver --dead", leaves: "event.redeliver_dead")
            try await desk.run("account cut-off 0801000567890 --days 2", leaves: "account.expected_within")
            try await desk.run("account recovery 0801000567890 automatic", leaves: "account.recovery")
            let calendar = desk.folder + "/calendar.csv"
            try "day,name\nsunday,\n2026-01-01,Tết\n".write(toFile: calendar, atomically: true, encoding: .utf8)
            try await desk.run("account calendar \(calendar)", leaves: "calendar.import")
            let catalogue = desk.folder + "/catalogue"
            try FileManager.default.createDirectory(atPath: catalogue, withIntermediateDirectories: true)
            let targets = "locality_code,year,indicator,target_percent\n01,2031,non_cash,81\n"
            try targets.write(toFile: catalogue + "/targets.csv", atomically: true, encoding: .utf8)
            try await desk.run("catalogue import \(catalogue)", leaves: "catalogue.import")
            let entries = try await desk.services.database.query(
                "select detail::text from audit_entry where action ~ '^(key|connection|event_endpoint)'"
            ).map { try $0.get(0, as: String.self) }
            // Never a secret.
            let secrets = ["khop_", "whsec_", TestSecret.standard(1), TestSecret.standard(2)]
            #expect(entries.count == 13 && !entries.contains { text in secrets.contains { text.contains($0) } })
            let changed = try await desk.services.database.query(
                "select detail from audit_entry where action = 'connection.commission'"
            ).row().get(0, as: JSON.self)
            #expect(changed == ["after": "1.1", "before": nil])
        }
    }

    @Test func `what is done for portals, and what is shown at the terminal, is recorded`() async throws {
        try await Self.with { desk in
            let made = try await desk.run(
                "request create --dossier D-1 --agency H44.01 --procedure 1.004222 --channel online",
                leaves: "payment_request.create"
            )
            let reference = try #require(made["reference"]?.string)
            try await desk.run("request show \(reference)", leaves: "read.payment_request")
            try await desk.run("request cancel \(reference)", leaves: "payment_request.cancel")
            try await desk.run("case list", leaves: "read.cases")
            try await desk.run("refund list", leaves: "read.refunds")
            try await desk.run("report payments --period 2026", leaves: "read.payments")
            try await desk.run("audit list --limit 3", leaves: "read.audit")
            // What shows nobody's data leaves nothing.
            try await desk.run("connection list")
            try await desk.run("report collections --period 2026")
        }
    }

    @Test
    func `the audit is listed in both languages, verified, and exported as a bundle that is checked without khop`()
        async throws
    {
        try await Self.with { desk in
            try await desk.run("key create --role portal --name p", leaves: "key.add")
            // Whose account it is, the system says, and not a variable that anybody can set.
            let mallory = desk.environment.merging(["USER": "mallory", "LOGNAME": "mallory"]) { $1 }
            let listed = try desk.khop.run(["audit", "list", "--json", "--limit", "1"], mallory)
            #expect(listed.output.contains("cli:") && !listed.output.contains("unknown"))
            let looked = try desk.khop.run(["audit", "list", "--json", "--action", "read."], mallory)
            #expect(looked.output.contains("read.audit") && !looked.output.contains("mallory"))
            let english = try desk.run(["audit", "list", "--action", "key."])
            #expect(english.output.contains("created an API key") && english.output.contains("cli:"), "\(english)")
            let vietnamese = try desk.khop.run(
                ["audit", "list", "--action", "key."],
                desk.environment.merging(["KHOP_LANG": "vi"]) { $1 }
            )
            #expect(vietnamese.output.contains("tạo khóa API"), "\(vietnamese)")
            let page = try await desk.run("audit list --limit 1", leaves: "read.audit")
            let next = try #require(page["next_cursor"]?.string)
            let second = try await desk.run("audit list --limit 1 --after \(next)", leaves: "read.audit")
            #expect(page["items"]?.array?.first?["id"] != second["items"]?.array?.first?["id"])
            for bad in [["--from", "yesterday"], ["--action", "key%"], ["--after", "x"], ["--limit", "0"]] {
                #expect(try desk.run(["audit", "list"] + bad).status == 2, "\(bad)")
            }

            let today = Instant.now().day.formatted
            let bundle = desk.folder + "/bundle"
            let export = ["audit", "export", "--from", today, "--to", today, "--output"]
            let written = try desk.run(export + [bundle])
            #expect(written.status == 0, "\(written.errors)")
            let key = try desk.run(["seal", "key"]).output.trimmingCharacters(in: .whitespacesAndNewlines)
            _ = try OtherProgram.run(OtherProgram.python, [bundle + "/verify.py", bundle, key])
            #expect(try desk.run(export + [bundle]).errors.contains("exists"))
            let archive = desk.folder + "/bundle.zip"
            #expect(try desk.run(export + [archive]).status == 0)
            let unpacked = desk.folder + "/unpacked"
            _ = try OtherProgram.run(OtherProgram.python, ["-m", "zipfile", "-e", archive, unpacked])
            _ = try OtherProgram.run(OtherProgram.python, [unpacked + "/verify.py"])
            #expect(!FileManager.default.fileExists(atPath: archive + ".parts"))
            let none = try desk.run(
                ["audit", "export", "--from", "01/01/2001", "--to", "02/01/2001", "--output", desk.folder + "/none"]
            )
            #expect(none.status != 0 && !FileManager.default.fileExists(atPath: desk.folder + "/none"))
            let verified = try await desk.run("audit verify")
            #expect(verified["ok"] == true && (verified["audit_entries"]?["sealed"]?.integer ?? 0) > 3)
        }
    }
}
