import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// `khop personal-data` and `khop retention`, as people run them.
@Suite struct PersonalDataCommandTests {
    private static let name = "Trần Thị Ngát"
    private static let number = "HN-2026-778899"

    private struct Terminal {
        let program: KhopProgram
        let sealing: [String: String]

        func run(_ arguments: [String], as session: String? = nil, _ more: [String: String] = [:]) throws
            -> KhopProgram.Result
        {
            let person = ["KHOP_SESSION_FILE": session ?? "/nowhere/session"]
            return try program.run(arguments, sealing.merging(person) { $1 }.merging(more) { $1 })
        }
    }

    /// A terminal on a database with one exempt request in her name; its reference.
    private static func withRequest(_ body: (SealedServices, Terminal, String) async throws -> Void) async throws {
        try await SealedServices.with { world in
            let terminal = Terminal(
                program: KhopProgram(world.services.database.pool.options),
                sealing: ["KHOP_SEAL_KEY_FILE": world.keyFile, "KHOP_SEAL_FOLDER": world.folder]
            )
            let made = try terminal.run([
                "request", "create", "--dossier", "D-1", "--agency", "H44.01", "--procedure", "1.004222", "--channel",
                "counter_cash", "--payer-category", "poor_household", "--payer-name", name, "--payer-evidence",
                "poor_household_certificate:\(number)", "--json",
            ])
            let reference = try #require(try JSON.parse(made.output.utf8)["reference"]?.string, "\(made)")
            try await body(world, terminal, reference)
        }
    }

    @Test func `an administrator finds and erases what is kept of a payer, for a reason`() async throws {
        try await Self.withRequest { world, terminal, reference in
            let admin = try await TestPerson.sessionFile(.admin, world.services.database)
            let finance = try await TestPerson.sessionFile(.finance, world.services.database)
            let find = ["personal-data", "find", "--identity", Self.number, "--json"]
            let stranger = try terminal.run(find)
            #expect(stranger.status != 0 && stranger.errors.contains("khop login"))
            #expect(try terminal.run(find, as: finance).status == 2)
            let masked = try terminal.run(find, as: admin)
            #expect(masked.status == 0 && masked.output.contains(reference) && !masked.output.contains(Self.name))
            let full = try terminal.run(find + ["--unmask", "she asked for her data"], as: admin)
            #expect(full.output.contains(Self.name) && full.output.contains(Self.number))
            let erase = ["personal-data", "erase", "--reference", reference, "--json", "--why"]
            #expect(try terminal.run(erase + ["short"], as: admin).status == 2)
            #expect(try terminal.run(erase + ["letter 17 of 30 November"], as: finance).status == 2)
            let erased = try terminal.run(erase + ["letter 17 of 30 November"], as: admin)
            #expect(try JSON.parse(erased.output.utf8)["payment_requests"] == 1, "\(erased)")
            let shown = try terminal.run(["request", "show", reference, "--unmask", "to see what is left", "--json"])
            #expect(try JSON.parse(shown.output.utf8)["payer"]?["name"] == .null, "\(shown)")
            #expect(try terminal.run(["seal", "now"]).status == 0)
            #expect(try terminal.run(["seal", "verify"]).status == 0)
            #expect(try terminal.run(["ledger", "verify"]).status == 0)
            let both = try terminal.run(
                ["personal-data", "find", "--reference", reference, "--dossier", "D-1"],
                as: admin
            )
            #expect(both.status == 2)
        }
    }

    @Test func `without a login a terminal shows who pays for a reason alone, and by a role what it sees`() async throws
    {
        try await Self.withRequest { world, terminal, reference in
            let show = ["request", "show", reference, "--json"]
            let masked = try terminal.run(show)
            #expect(masked.status == 0 && !masked.output.contains(Self.name) && !masked.output.contains(Self.number))
            #expect(try terminal.run(show + ["--unmask", "because"]).status == 2)
            let why = "complaint 4 of the district"
            #expect(try terminal.run(show + ["--unmask", why]).output.contains(Self.number))
            let finance = try await TestPerson.sessionFile(.finance, world.services.database)
            #expect(try terminal.run(show, as: finance).output.contains(Self.number))
            let entries = try await world.services.database.query(
                "select actor_id, subject, detail ->> 'reason' from audit_entry where action = 'personal_data.unmask'"
            )
            #expect(entries.count == 1)
            let (actor, subject, reason) = try entries[0].decode(String.self, String.self, String.self)
            #expect(actor.hasPrefix("cli:") && subject == "khop request show \(reference)" && reason == why)
        }
    }

    @Test func `what is kept for a time is shown and let go, and no time below the law's is taken`() async throws {
        try await Self.withRequest { world, terminal, _ in
            let shown = try JSON.parse(try terminal.run(["retention", "show", "--json"]).output.utf8)
            #expect(shown["kept"]?.array?.first?["days"] == 400)
            let longer = try terminal.run(["retention", "show", "--json"], as: nil, ["KHOP_RETENTION_RAW_DAYS": "90"])
            #expect(try JSON.parse(longer.output.utf8)["kept"]?.array?.first?["days"] == 90)
            for (name, value) in [
                ("KHOP_RETENTION_BOOK_YEARS", "5"), ("KHOP_RETENTION_RAW_DAYS", "7"),
                ("KHOP_RETENTION_ANSWER_DAYS", "a"), ("KHOP_RETENTION_SESSION_DAYS", "-1"),
            ] {
                let refused = try terminal.run(["retention", "show"], as: nil, [name: value])
                #expect(refused.status == 2 && refused.errors.contains(name), "\(refused)")
            }
            let run = try terminal.run(["retention", "run", "--json"])
            #expect(run.status == 0, "\(run)")
            #expect(try JSON.parse(run.output.utf8)["messages"] == 0)
            let entry = try await world.services.database.query(
                "select actor_id from audit_entry where action = 'retention.run'"
            ).row().get(0, as: String.self)
            #expect(entry.hasPrefix("cli:"))
        }
    }
}
