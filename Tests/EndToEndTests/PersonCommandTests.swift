import Collection
import Cryptography
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// Persons at the terminal: from the invitation to the decision.
@Suite struct PersonCommandTests {
    /// What a person has at a terminal: a home of their own.
    private struct Desk {
        let khop: KhopProgram
        let folder: String
        let environment: [String: String]

        init(_ services: Services) throws {
            khop = KhopProgram(services.database.pool.options)
            folder = FileManager.default.temporaryDirectory.path + "/khop-desk-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            // The key that seals authenticators is the same for every command.
            environment = [
                "KHOP_SESSION_FILE": folder + "/session",
                "KHOP_SECRET_KEY": SecretBox.newKeyBase64(),
            ]
        }

        func run(_ arguments: String...) throws -> KhopProgram.Result { try khop.run(arguments, environment) }

        func json(_ arguments: String...) throws -> JSON {
            let ended = try khop.run(arguments + ["--json"], environment)
            guard ended.status == 0 else { throw Failed(errors: ended.errors) }
            return try JSON.parse(ended.output)
        }

        struct Failed: Error { let errors: String }

        func passwordFile(_ text: String) throws -> String {
            let path = folder + "/password"
            try (text + "\n").write(toFile: path, atomically: true, encoding: .utf8)
            return path
        }
    }

    @Test func `a person is invited, accepts, logs in, and is asked for nothing more until the session ends`()
        async throws
    {
        try await TestDatabase.withServices { services in
            let desk = try Desk(services)
            defer { do { try FileManager.default.removeItem(atPath: desk.folder) } catch {} }
            let added = try desk.json(
                "person",
                "add",
                "Lan",
                "--email",
                "lan@test.vn",
                "--role",
                "finance",
                "--locality",
                "25",
                "01"
            )
            let link = try #require(added["invitation_url"]?.string)
            #expect(added["roles"]?.array?.count == 2 && link.contains("/invite/"))
            let shown = try desk.json("person", "accept", link, "--show")["secret"]?.string ?? ""
            let secret = try #require(Base32.decode(shown))
            let step = OneTimeCode.step(at: .now())
            func code(_ step: Int64) -> String { OneTimeCode.code(MACKey(secret), step: step) }
            let password = try desk.passwordFile("ba con mèo trắng")
            let weak = try desk.run(
                "person",
                "accept",
                link,
                "--password-file",
                try desk.passwordFile("password2026"),
                "--code",
                code(step)
            )
            #expect(weak.status == 2 && weak.errors.contains("commonest"), "\(weak.errors)")
            _ = try desk.passwordFile("ba con mèo trắng")
            let accepted = try desk.json("person", "accept", link, "--password-file", password, "--code", code(step))
            #expect(accepted["recovery_codes"]?.array?.count == 10)
            let again = try desk.run("person", "accept", link, "--password-file", password, "--code", code(step))
            #expect(again.status != 0 && again.errors.contains("Ask for a new one"), "\(again.errors)")

            #expect(try desk.run("whoami").status == 2)
            let decision = ["case", "resolve", "1", "--action", "dismiss", "--note", "x"]
            let stranger = try desk.khop.run(decision, desk.environment)
            #expect(stranger.status == 2 && stranger.errors.contains("run `khop login` first"), "\(stranger.errors)")
            let recovery = try #require(accepted["recovery_codes"]?.array?.first?.string)
            let told = try desk.json("login", "--email", "LAN@test.vn", "--password-file", password, "--code", recovery)
            #expect(told["person"]?["name"] == "Lan" && told["token"] == nil)
            let mode = try FileManager.default.attributesOfItem(atPath: desk.folder + "/session")[.posixPermissions]
            #expect((mode as? NSNumber)?.intValue == 0o600)
            #expect(try desk.json("whoami")["person"]?["email"] == "lan@test.vn")
            // Now the answer is about the case, not about who asks.
            let known = try desk.khop.run(decision, desk.environment)
            #expect(
                known.errors.contains("There is no case 1") || known.errors.contains("no such case"),
                "\(known.errors)"
            )
            #expect(try desk.run("logout").status == 0)
            #expect(try desk.run("whoami").status == 2)
            #expect(!FileManager.default.fileExists(atPath: desk.folder + "/session"))
        }
    }

    @Test func `a session file that others may read is refused`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try Desk(services)
            defer { do { try FileManager.default.removeItem(atPath: desk.folder) } catch {} }
            let token = try await TestPerson.session(.finance, services.database)
            let path = desk.folder + "/session"
            try token.write(toFile: path, atomically: true, encoding: .utf8)
            chmod(path, 0o644)
            let refused = try desk.run("whoami")
            #expect(refused.status == 2 && refused.errors.contains("mode 0600"), "\(refused.errors)")
            chmod(path, 0o600)
            #expect(try desk.run("whoami").status == 0)
        }
    }

    @Test func `roles are given, delegated and ended, and a person is disabled`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try Desk(services)
            defer { do { try FileManager.default.removeItem(atPath: desk.folder) } catch {} }
            _ = try desk.json("person", "add", "Minh", "--email", "minh@test.vn", "--role", "leader")
            let both = try desk.run("person", "grant", "minh@test.vn", "--role", "finance", "approver")
            #expect(both.status == 1 && both.errors.contains("both ends"), "\(both.errors)")
            _ = try desk.json("person", "revoke", "minh@test.vn", "--role", "finance")
            let until = Instant.now().day.adding(days: 7)
            let granted = try desk.json(
                "person",
                "grant",
                "minh@test.vn",
                "--role",
                "approver",
                "--until",
                until.description
            )
            let delegated = granted["roles"]?.array?.last
            #expect(
                delegated?["role"] == "approver"
                    && delegated?["until"]?.string == until.adding(days: 1).start.description
            )
            let keys = try desk.run("person", "grant", "minh@test.vn", "--role", "portal")
            #expect(keys.status == 2 && keys.errors.contains("a role of API keys"), "\(keys.errors)")
            #expect(try desk.json("person", "disable", "minh@test.vn")["disabled_at"]?.string != nil)
            #expect(try desk.run("person", "invite", "minh@test.vn").status == 1)
            let list = try desk.run("person", "list")
            #expect(list.output.contains("minh@test.vn") && list.output.contains("disabled"), "\(list.output)")
        }
    }

    @Test func `what is done without a login is recorded as the system's account, and approves nothing`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try Desk(services)
            defer { do { try FileManager.default.removeItem(atPath: desk.folder) } catch {} }
            _ = try desk.json("person", "add", "Lan", "--email", "lan@test.vn", "--role", "finance")
            let actor = try await services.database.query(
                "select actor_id from audit_entry where action = 'person.add'"
            ).row().get(0, as: String.self)
            #expect(actor.hasPrefix("cli:"))
            for command in [
                ["refund", "approve", UUID().uuidString], ["refund", "execute", UUID().uuidString],
                ["refund", "file", "--account", "0801000567890"], ["case", "approve", "1"],
                ["statement", "confirm", "1"], ["statement", "undo", "1", "--note", "x"],
                ["report", "reconciliation", "--account", "0801000567890", "--day", "2026-11-25", "--sign-off"],
            ] {
                let refused = try desk.khop.run(command, desk.environment)
                #expect(refused.status == 2 && refused.errors.contains("`khop login`"), "\(command): \(refused.errors)")
                let named = try desk.khop.run(command + ["--by", "somebody"], desk.environment)
                #expect(named.status == 2 && named.errors.contains("--by"), "\(named.errors)")
            }
        }
    }
}
