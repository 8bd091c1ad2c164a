import Collection
import TestSupport
import Testing
import Values

/// A payment request may be named by its reference wherever its id is asked for.
@Suite struct ReferenceEdgeTests {
    private func order(_ server: LiveServer, _ dossier: String) async throws -> JSON {
        try await server.send(
            "POST",
            "/v1/payment-requests",
            key: try await server.key(.portal),
            json: [
                "dossier_code": .string(dossier), "agency_code": "H44.01", "procedure_code": "1.004222",
                "channel": "counter_cash",
            ]
        ).json
    }

    @Test func `a request is read, paid at a counter and refunded by its reference`() async throws {
        try await LiveServer.with { server in
            let made = try await order(server, "D-1")
            let reference = try #require(made["reference"]?.string)
            let cashier = try await server.key(.cashier)
            // As it stands in a memo, it is still the same reference.
            let read = try await server.send("GET", "/v1/payment-requests/\(reference.lowercased())", key: cashier)
            #expect(try read.status == 200 && read.json["id"] == made["id"])
            let paid = try await server.send(
                "POST",
                "/v1/counter-payments",
                key: cashier,
                json: [
                    "payment_request_id": .string(reference), "channel": "counter_cash",
                    "amount": made["amount_due"] ?? 0,
                ]
            )
            #expect(paid.status == 201, "\(paid.text)")
            let finance = try await server.person(.finance)
            let refund = try await server.send(
                "POST",
                "/v1/refunds",
                key: finance,
                json: ["payment_request_id": .string(reference), "reason": "duplicate"]
            )
            #expect(refund.status == 201, "\(refund.text)")
            #expect(try refund.json["payment_request_id"] == made["id"])
            let listed = try await server.send("GET", "/v1/refunds?payment_request_id=\(reference)", key: finance)
            #expect(try listed.json["items"]?.array?.count == 1)
        }
    }

    @Test func `a request is cancelled by its reference`() async throws {
        try await LiveServer.with { server in
            let reference = try #require(try await order(server, "D-2")["reference"]?.string)
            let admin = try await server.key(.admin)
            let ended = try await server.send("POST", "/v1/payment-requests/\(reference)/cancel", key: admin)
            #expect(try ended.status == 200 && ended.json["status"] == "cancelled")
            #expect(try await server.send("GET", "/v1/payment-requests/RF00NOTAREFERENC", key: admin).status == 404)
        }
    }

    @Test func `parallel counter payments under one key all get the first answer`() async throws {
        try await LiveServer.with { server in
            let made = try await order(server, "D-3")
            let cashier = try await server.key(.cashier)
            let body: JSON = [
                "payment_request_id": made["id"] ?? .null, "channel": "counter_cash", "amount": made["amount_due"] ?? 0,
            ]
            let answers = try await withThrowingTaskGroup(of: LiveServer.Answer.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await server.send(
                            "POST",
                            "/v1/counter-payments",
                            key: cashier,
                            headers: ["Idempotency-Key": "desk-1"],
                            json: body
                        )
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.map(\.status) == Array(repeating: 201, count: 8))
            #expect(Set(answers.map(\.text)).count == 1)
            #expect(answers.count { $0.headers["idempotency-replayed"] == nil } == 1)
            // Another key is another payment, and there is nothing left to pay.
            let other = try await server.send(
                "POST",
                "/v1/counter-payments",
                key: cashier,
                headers: ["Idempotency-Key": "desk-2"],
                json: body
            )
            #expect(other.status == 409)
        }
    }
}
