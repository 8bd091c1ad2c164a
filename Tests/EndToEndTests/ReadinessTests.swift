import Collection
import TestSupport
import Testing
import Values

@Suite struct ReadinessTests {
    @Test func `a server whose key opens none of the stored secrets is not ready, and states why`() async throws {
        try await TestDatabase.withServices { services in
            let other = Services(
                services.database,
                options: ServiceOptions(publicURL: "http://127.0.0.1:1"),
                box: try SecretBox(base64: SecretBox.newKeyBase64())
            )
            // While nothing is stored, any key will do.
            #expect(await other.readiness.notReady() == nil)
            _ = try await services.connections.add(
                name: "bank",
                profile: .vnpay,
                account: "0801000567890",
                secret: "a secret of some length",
                signatureHeader: nil
            )
            #expect(await services.readiness.notReady() == nil)
            try await LiveServer.over(other) { server in
                let answer = try await server.send("GET", "/readyz")
                #expect(answer.status == 503)
                #expect(try answer.json["detail"]?.string?.contains("opens none of the stored secrets") == true)
                #expect(try await server.send("GET", "/healthz").status == 200)
            }
        }
    }

    @Test func `a server goes on beside a newer one whose migration says that it may`() async throws {
        try await LiveServer.with { server in
            let database = server.services.database
            func note(_ version: Int, _ isCompatible: Bool) async throws {
                try await database.asOwner(
                    """
                    insert into schema_migration (version, name, checksum, compatible)
                    values (\(version), 'x', '', \(isCompatible))
                    """
                )
            }
            try await note(9998, true)
            // The newer program replaced a routine, too.
            try await database.asOwner("update schema_routine set checksum = '' where name = 'event_time.sql'")
            #expect(try await server.send("GET", "/readyz").status == 200)
            try await note(9999, false)
            #expect(try await server.send("GET", "/readyz").status == 503)
        }
    }

    @Test func `without a newer migration another routine is not this program's`() async throws {
        try await LiveServer.with { server in
            let database = server.services.database
            try await database.asOwner("update schema_routine set checksum = '' where name = 'event_time.sql'")
            #expect(try await server.send("GET", "/readyz").status == 503)
        }
    }
}
