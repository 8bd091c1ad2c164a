import BankCallbacks
import Collection
import Identity
import TestSupport
import Testing
import Values

/// The connections over HTTP, with how they are.
@Suite struct ConnectionRoutesTests {
    private static let account = "0801000567890"

    @Test func `a connection is listed with what it hears, what it refuses, and no secret`() async throws {
        try await LiveServer.with { server in
            let key = try await server.key(.auditor)
            _ = try await server.services.connections.add(
                name: "my-bank",
                profile: .standard,
                account: Self.account,
                secret: TestSecret.standard(1),
                signatureHeader: nil
            )
            func mine() async throws -> JSON {
                let list = try await server.send("GET", "/v1/connections", key: key).json
                return try #require(list["items"]?.array?.first { $0["name"] == "my-bank" })
            }
            let unheard = try await mine()
            #expect(unheard["health"]?["state"] == "unheard" && unheard["health"]?["signature"] == "hmac")
            #expect(unheard["health"]?["usual_this_hour"]?.isNull == true)
            for _ in 0..<4 {
                #expect(try await server.send("POST", "/v1/callbacks/my-bank", json: ["a": 1]).status == 401)
            }
            try await server.services.callbackLog.flush()
            let refusing = try await mine()
            #expect(refusing["health"]?["state"] == "refusing")
            let cause = try #require(refusing["health"]?["refusals"]?.array?.first)
            #expect(cause["reason"] == "signature_missing" && cause["count"] == 4)
            #expect(refusing["health"]?["sentence"]?.string?.hasPrefix("Refused 4 of 4") == true)
            let text = refusing.serialized
            #expect(!text.contains(TestSecret.standard(1)) && !text.contains("whsec"))
        }
    }

    @Test func `a silence is an alarm once, and is told as a figure`() async throws {
        try await TestDatabase.withServices { services in
            _ = try await services.catalogue.importFiles(TestDatabase.demonstrationCatalogue(), by: "test")
            _ = try await services.connections.add(
                name: "vcb",
                profile: .standard,
                account: Self.account,
                secret: TestSecret.standard(1),
                signatureHeader: nil
            )
            let now = Instant.now()
            // Ten weeks of sixty callbacks an hour, up to three hours ago.
            try await services.database.scriptUnguarded(
                """
                update connection set created_at = now() - interval '10 weeks';
                insert into connection_hour (connection_id, hour, callbacks)
                select c.id, h, 60 from connection c, generate_series(\(now.unixSeconds / 3600 - 9 * 168),
                    \(now.unixSeconds / 3600 - 3)) h;
                insert into connection_use (connection_id, last_used_at)
                select id, now() - interval '3 hours' from connection;
                """
            )
            let listed = try await services.connectionSigns.list(now: now)
            #expect(listed.map(\.health.state) == [.silent])
            let silent = ConnectionSigns.silent(of: listed)
            #expect(silent.count == 1 && silent[0].due > 100)
            let first = try await services.alarms.raise(on: now.day, now: now, silent: silent)
            #expect(first.map(\.kind) == [.silentConnection] && first[0].account == Self.account)
            let again = try await services.alarms.raise(on: now.day, now: now.adding(seconds: 600), silent: silent)
            #expect(again.isEmpty)
        }
    }
}
