import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// What a role need not see of a payer is masked in every answer, and seeing it all the same is in the audit.
@Suite struct MaskingTests {
    private static let number = "HN-2026-778899"
    private static let name = "Trần Thị Ngát"

    private static func order(_ dossier: String) -> JSON {
        [
            "dossier_code": .string(dossier), "agency_code": "H44.01", "procedure_code": "1.004222",
            "channel": "counter_cash",
            "payer": [
                "category": "poor_household", "name": .string(name),
                "evidence": ["kind": "poor_household_certificate", "number": .string(number)],
            ],
        ]
    }

    @Test func `who decides sees who pays, who checks does not, and asking for it is in the audit`() async throws {
        try await LiveServer.with { server in
            let cashier = try await server.key(.cashier)
            let made = try await server.send("POST", "/v1/payment-requests", key: cashier, json: Self.order("D-1"))
            let id = try #require(try made.json["id"]?.string)
            func payer(_ key: String, _ query: String = "") async throws -> JSON? {
                try await server.send("GET", "/v1/payment-requests/\(id)\(query)", key: key).json["payer"]
            }
            for role in [Role.finance, .approver] {
                #expect(try await payer(try await server.key(role))?["name"]?.string == Self.name, "\(role)")
            }
            #expect(try await payer(cashier)?["evidence"]?["number"]?.string == Self.number)
            for role in [Role.auditor, .admin] {
                let shown = try await payer(try await server.key(role))
                #expect(shown?["name"] == "T*** T*** N***" && shown?["evidence"]?["number"] == "***8899", "\(role)")
            }
            // Another cashier need not know whom a colleague has served.
            #expect(try await payer(try await server.key(.cashier))?["name"] == "T*** T*** N***")
            let listed = try await server.send(
                "GET",
                "/v1/payment-requests?dossier_code=D-1",
                key: try await server.key(.auditor)
            )
            #expect(!listed.text.contains(Self.name) && !listed.text.contains(Self.number))
        }
    }

    @Test func `unmasking takes a role that may, and a reason, which the audit keeps`() async throws {
        try await LiveServer.with { server in
            let cashier = try await server.key(.cashier)
            let made = try await server.send("POST", "/v1/payment-requests", key: cashier, json: Self.order("D-1"))
            let path = "/v1/payment-requests/\(try #require(try made.json["id"]?.string))"
            let auditor = try await server.person(.auditor)
            let silent = try await server.send("GET", path + "?unmask=true", key: auditor)
            #expect(silent.status == 400 && !silent.text.contains(Self.name))
            let short = try await server.send("GET", path + "?unmask=true&reason=because", key: auditor)
            #expect(short.status == 400 && !short.text.contains(Self.name))
            let because = "?unmask=true&reason=inspection%20of%20exemptions%2017"
            for key in [cashier, try await server.key(.finance), try await server.key(.portal)] {
                #expect(try await server.send("GET", path + because, key: key).status == 403)
            }
            #expect(try await Self.entries(server).isEmpty)
            let seen = try await server.send("GET", path + because, key: auditor)
            #expect(try seen.json["payer"]?["name"]?.string == Self.name)
            let entries = try await Self.entries(server)
            #expect(entries.count == 1)
            let (subject, reason) = try entries[0].decode(String.self, String.self)
            #expect(subject == "GET \(path)" && reason == "inspection of exemptions 17")
        }
    }

    private static func entries(_ server: LiveServer) async throws -> Rows {
        try await server.services.database.query(
            "select subject, detail ->> 'reason' from audit_entry where action = 'personal_data.unmask'"
        )
    }
}
