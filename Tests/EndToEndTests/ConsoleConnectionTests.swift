import BankCallbacks
import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// The connections' pages: how each is, and what is wrong with a callback that was refused.
@Suite struct ConsoleConnectionTests {
    private static let account = ConsoleDesk.account

    private static func connect(_ server: LiveServer) async throws {
        _ = try await server.services.connections.add(
            name: "vcb",
            profile: .standard,
            account: account,
            secret: TestSecret.standard(1),
            signatureHeader: nil
        )
    }

    /// A callback signed with some other secret.
    private static func refuse(_ server: LiveServer) async throws {
        let now = Instant.now()
        let answer = try await server.send(
            "POST",
            "/v1/callbacks/vcb",
            headers: [
                "webhook-id": "msg_1", "webhook-timestamp": String(now.unixSeconds),
                "webhook-signature": "v1," + Data(repeating: 9, count: 32).base64EncodedString(),
            ],
            json: [
                "transaction_id": "FT1", "amount": 25_000, "currency": "VND", "account_number": .string(account),
                "direction": "credit", "status": "success", "occurred_at": .text(now), "memo": "NGUYEN VAN AN nop",
            ]
        )
        #expect(answer.status == 401)
        try await server.services.callbackLog.flush()
    }

    @Test func `a refused callback is shown with its fault, its cure and the bytes to be signed`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            try await Self.connect(server)
            try await Self.refuse(server)
            let clerk = try await desk.visitor(.finance)
            let list = try await clerk.get("/console/operations/connections")
            #expect(list.text.contains("/console/operations/connections/vcb") && list.text.contains(Self.account))
            let one = try await clerk.get("/console/operations/connections/vcb")
            for part in ["signature mismatch", "compare the secret", "HMAC", "/v1/callbacks/vcb", "refused:1"] {
                #expect(one.text.contains(part), "\(part) in \(one.text)")
            }
            #expect(!one.text.contains("whsec"))
            let callback = try await clerk.get("/console/operations/callbacks/refused:1")
            for part in ["wrong_secret", "NGUYEN VAN AN nop", "msg_1.", "webhook-signature"] {
                #expect(callback.text.contains(part), "\(part) in \(callback.text)")
            }
            #expect(!callback.text.contains("whsec") && !callback.text.contains("/replay\""))
            #expect(try await clerk.get("/console/operations/callbacks/refused:99").status == 404)
            #expect(try await clerk.get("/console/operations/connections/nobody").status == 404)
        }
    }

    @Test func `who need not see payers sees the fault alone, and all of it for a reason that the audit keeps`()
        async throws
    {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            try await Self.connect(server)
            try await Self.refuse(server)
            let admin = try await desk.visitor(.admin, name: "Quân")
            let path = "/console/operations/callbacks/refused:1"
            let masked = try await admin.get(path)
            #expect(masked.text.contains("wrong_secret") && !masked.text.contains("NGUYEN VAN AN"))
            let short = try await admin.post(path + "/unmask", ["csrf": masked.csrf, "reason": "xem"])
            #expect(short.status == 400 && !short.text.contains("NGUYEN VAN AN"), "\(short.status)")
            let seen = try await admin.post(
                path + "/unmask",
                ["csrf": masked.csrf, "reason": "đối chiếu chữ ký với ngân hàng"]
            )
            #expect(seen.status == 200 && seen.text.contains("NGUYEN VAN AN"))
            let reason: String = try await server.services.database.query(
                "select detail ->> 'reason' from audit_entry where action = 'personal_data.unmask'"
            ).row().get(0)
            #expect(reason == "đối chiếu chữ ký với ngân hàng")
            // Finance sees the payer, and may not unmask what is shown already.
            let clerk = try await desk.visitor(.finance)
            let own = try await clerk.get(path)
            #expect(try await clerk.post(path + "/unmask", ["csrf": own.csrf, "reason": "1234567890"]).status == 403)
            let replayed = try await admin.post(path + "/replay", ["csrf": masked.csrf])
            #expect(replayed.location == path + "?done=signature_mismatch", "\(replayed.text)")
            #expect(try await clerk.post(path + "/replay", ["csrf": own.csrf]).status == 403)
        }
    }

    @Test func `one connection is judged as among all, though fewer hours are read`() async throws {
        try await TestDatabase.withServices { services in
            _ = try await services.catalogue.importFiles(TestDatabase.demonstrationCatalogue(), by: "test")
            for (name, number) in [("vcb", 1), ("bidv", 2), ("mb", 3)] {
                _ = try await services.connections.add(
                    name: name,
                    profile: .standard,
                    account: Self.account,
                    secret: TestSecret.standard(UInt8(number)),
                    signatureHeader: nil
                )
            }
            let now = Instant.now()
            let hour = now.unixSeconds / 3600
            // Of different rhythms; one is silent, one has had a quiet day.
            try await services.database.scriptUnguarded(
                """
                update connection set created_at = now() - interval '10 weeks';
                insert into connection_hour (connection_id, hour, callbacks)
                select c.id, h, 1 + (h * c.id) % 7 from connection c,
                    generate_series(\(hour - 9 * 168), \(hour - 1)) h
                where not (c.name = 'vcb' and h > \(hour - 9)) and not (c.name = 'mb' and h > \(hour - 20) and h % 2 = 0);
                insert into connection_use (connection_id, last_used_at)
                select id, now() - case name when 'vcb' then interval '9 hours' else interval '1 minute' end from connection;
                """
            )
            let all = try await services.connectionSigns.list(now: now)
            #expect(all.count == 3 && Set(all.map(\.health.state)).count > 1)
            for one in all {
                let alone = try await services.connectionSigns.find(one.connection.name, now: now)
                #expect(alone.health == one.health, "\(one.connection.name)")
            }
        }
    }
}
