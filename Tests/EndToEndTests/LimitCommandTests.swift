import Collection
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// Limits, delegations and refunds of three persons at the terminal.
@Suite struct LimitCommandTests {
    private static func run(_ services: Services, _ arguments: [String], _ environment: [String: String] = [:]) throws
        -> KhopProgram.Result
    {
        var all = environment
        all["KHOP_SECRET_KEY"] = SecretBox.newKeyBase64()
        return try KhopProgram(services.database.pool.options).run(arguments, all)
    }

    private static func json(_ services: Services, _ arguments: [String], _ environment: [String: String] = [:]) throws
        -> JSON
    {
        let ended = try run(services, arguments + ["--json"], environment)
        #expect(ended.status == 0, "\(arguments): \(ended.errors)")
        return try JSON.parse(ended.output)
    }

    @Test func `a limit is set, listed, and not raised for today`() async throws {
        try await TestDatabase.withServices { services in
            let set = ["limit", "set", "approver"]
            let first = try Self.json(services, set + ["--refund", "5.000.000", "--day", "20000000"])
            #expect(first["today"]?["refund"] == 5_000_000 && first["tomorrow"]?["day"] == 20_000_000)
            let raised = try Self.json(services, set + ["--refund", "none"])
            #expect(raised["today"]?["refund"] == 5_000_000 && raised["tomorrow"]?["refund"]?.isNull == true)
            #expect(raised["tomorrow"]?["day"] == 20_000_000)
            let place = try Self.json(services, set + ["--refund", "1000000", "--locality", "25"])
            #expect(place["locality"] == "25" && place["today"]?["refund"] == 1_000_000)
            let list = try #require(try Self.json(services, ["limit", "list"]).array)
            #expect(list.map { $0["locality"] } == [.null, "25"])
            #expect(try Self.run(services, ["limit", "list"]).output.contains("1,000,000 ₫ a refund"))
            for (arguments, told) in [
                (["limit", "set", "cashier", "--refund", "1"], "role: must be one of approver, finance"),
                (["limit", "set", "approver"], "give --refund, --day or both"),
                (["limit", "set", "approver", "--refund", "-1"], "--refund"),
                (["limit", "set", "approver", "--refund", "1", "--locality", "nowhere"], "locality"),
            ] {
                let refused = try Self.run(services, arguments)
                #expect(refused.status == 2 && refused.errors.contains(told), "\(arguments): \(refused.errors)")
            }
            let audit = try await services.database.query(
                "select actor_id, subject from audit_entry where action = 'limit.set' order by id limit 1"
            ).row().decode(String.self, String.self)
            #expect(audit.0.hasPrefix("cli:") && audit.1 == "role:approver")
        }
    }

    @Test func `a person stands in for another, with an end`() async throws {
        try await TestDatabase.withServices { services in
            let nam = try await Newcomer(services, [RoleGrant(.approver)], name: "Nam", email: "nam@test.vn")
            let mai = try await Newcomer(services, [RoleGrant(.leader)], name: "Mai", email: "mai@test.vn")
            let until = Instant.now().day.adding(days: 7)
            let arguments = ["person", "delegate", nam.email, mai.email, "--role", "approver", "--until"]
            let changed = try Self.json(services, arguments + [until.description])
            let role = try #require(changed["roles"]?.array?.last)
            #expect(role["role"] == "approver" && role["stands_in_for"] == "Nam")
            #expect(role["until"]?.string == until.adding(days: 1).start.description)
            #expect(try Self.run(services, ["person", "list"]).output.contains("(for Nam)"))
            let long = try Self.run(services, arguments + [until.adding(days: 100).description])
            #expect(long.status == 2 && long.errors.contains("90 days"), "\(long.errors)")
            let unlinked = try Self.run(services, ["person", "unlink", mai.email])
            #expect(unlinked.errors.contains("linked to no account"), "\(unlinked.errors)")
        }
    }

    @Test func `what a program asked for is taken over, and above the limit two approve, at the terminal`() async throws
    {
        try await TestDatabase.withServices { services in
            _ = try Self.json(services, ["limit", "set", "approver", "--refund", "1000"])
            let secret = try await services.keys.create(role: .portal, name: "portal", localityCode: nil).key
            let portal = try await services.keys.authenticate(secret, from: "192.0.2.1")
            let draft = try PaymentRequestDraft(
                ["dossier_code": "D", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online"],
                today: Instant.now().day
            )
            let made = try JSON.parse(
                try await services.paymentRequests.create(draft, caller: portal, idempotency: nil).body
            )
            let id = try #require(made["id"]?.string.flatMap { UUID(uuidString: $0) })
            // What a bank's notice would have brought.
            try await services.database.scriptUnguarded(
                """
                update payment_request set amount_received = 4000, amount_applied = 4000
                where id = '\(id.uuidString.lowercased())'
                """
            )
            let cancelled = try await services.refunds.cancel(
                id,
                Refunds.Withdrawal(payee: .byHand(nil)),
                by: portal.person
            )
            let refund = try #require(cancelled.refund).id.uuidString.lowercased()
            func session(_ role: Role, _ name: String) async throws -> [String: String] {
                ["KHOP_SESSION_FILE": try await TestPerson.sessionFile(role, name: name, services.database)]
            }
            let (nam, mai) = (try await session(.approver, "Nam"), try await session(.approver, "Mai"))
            let early = try Self.run(services, ["refund", "approve", refund], nam)
            #expect(early.status == 1 && early.errors.contains("khop refund adopt"), "\(early.errors)")
            let adopted = try Self.json(services, ["refund", "adopt", refund], try await session(.finance, "Lan"))
            #expect(adopted["adopted_by"] == "Lan" && adopted["requested_by"] == "portal")
            let first = try Self.run(services, ["refund", "approve", refund], nam)
            #expect(first.status == 0 && (first.output + first.errors).contains("another approver must as well"))
            let shown = try Self.run(services, ["refund", "show", refund])
            #expect(shown.output.contains("taken over") && shown.output.contains("another approver"), "\(shown.output)")
            let second = try Self.json(services, ["refund", "approve", refund], mai)
            #expect(second["state"] == "approved" && second["second_approved_by"] == "Mai")
        }
    }
}
