import Collection
import Cryptography
import Foundation
import Identity
import PaymentQR
import TestSupport
import Testing
import Values

@Suite(.serialized) struct MainJobTests {
    private static let account = "0801000567890"
    private static let order: JSON = [
        "dossier_code": "H44-26-0001", "agency_code": "H44.01", "procedure_code": "1.004222.000.00.00.H44",
        "channel": "online",
        "payer": ["name": "Nguyễn Văn A"],
    ]

    /// A callback as the standard's own Python client signs it.
    private func signed(_ body: JSON, secret: String) throws -> (headers: [String: String], body: [UInt8]) {
        let script = """
            import sys,datetime
            from standardwebhooks import Webhook
            t=datetime.datetime.now(datetime.timezone.utc)
            print(int(t.timestamp())); print(Webhook(sys.argv[1]).sign('msg_1',t,sys.stdin.buffer.read().decode()))
            """
        let output = try OtherProgram.run(OtherProgram.python, ["-c", script, secret], input: Data(body.bytes))
        let lines = String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
        return (["webhook-id": "msg_1", "webhook-timestamp": lines[0], "webhook-signature": lines[1]], body.bytes)
    }

    private func notice(_ transaction: String, _ amount: Int64, _ memo: String) -> JSON {
        [
            "transaction_id": .string(transaction), "amount": .integer(amount), "currency": "VND",
            "account_number": .string(Self.account), "direction": "credit", "status": "success",
            "occurred_at": .text(Instant.now()), "memo": .string(memo),
        ]
    }

    @Test func `a payment goes from its price to the non-cash rate`() async throws {
        try await LiveServer.with { server in
            let (portal, finance) = (try await server.key(.portal), try await server.key(.finance))
            let secret = "whsec_" + Data(randomBytes(24)).base64EncodedString()
            _ = try await server.services.connections.add(
                name: "vcb",
                profile: .standard,
                account: Self.account,
                secret: secret,
                signatureHeader: nil
            )
            let request = try await order(server, portal)
            let reference = try #require(request["reference"]?.string)
            let page = try #require(request["pay_url"]?.string).replacing("http://127.0.0.1:1", with: "")
            try await isShown(server, request, reference, page)
            try await callbacksAreAnswered(server, request, reference, secret)
            try await isPaid(server, request, reference, page, portal)
            try await isReconciled(server, reference, finance)
            try await isCounted(server, finance)
            for finding in try await server.services.ledger.verify() { #expect(finding.ok, "\(finding.name)") }
        }
    }

    private func order(_ server: LiveServer, _ portal: String) async throws -> JSON {
        let created = try await server.send(
            "POST",
            "/v1/payment-requests",
            key: portal,
            headers: ["Idempotency-Key": "1"],
            json: Self.order
        )
        #expect(created.status == 201)
        let request = try created.json
        #expect(
            request["amount_due"] == 10_000 && request["status"] == "pending" && request["discount_total"] == 10_000
        )
        let rule = request["lines"]?.array?.first?["applied"]?.array?.first
        #expect(
            rule?["rule"] == "discount" && rule?["benefit"] == 10_000
                && rule?["legal_basis"]?.string?.contains("75/2022") == true
        )
        #expect(rule?["reason"]?["code"] == "discount_applied" && rule?["reason"]?["values"]?["benefit"] == 10_000)
        #expect(rule?["sentence"]?.string?.contains("TT75-TRUCTUYEN: Thông tư 75/2022") == true)
        let again = try await server.send(
            "POST",
            "/v1/payment-requests",
            key: portal,
            headers: ["Idempotency-Key": "1"],
            json: Self.order
        )
        #expect(again.body == created.body)
        return request
    }

    private func isShown(_ server: LiveServer, _ request: JSON, _ reference: String, _ page: String) async throws {
        let qr = try VietQR(parsing: try #require(request["qr_payload"]?.string))
        #expect(
            qr.account == Self.account && qr.amount == Money(10_000) && qr.billNumber == reference && qr.isDynamic
        )
        #expect(qr.purpose?.hasPrefix(reference) == true)
        #expect(try await server.send("GET", page).text.contains("10,000 ₫"))
        #expect(try await server.send("GET", page + "/qr.png").body.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        #expect(try await server.send("GET", page + "/qr.svg").headers["content-type"] == "image/svg+xml")
    }

    private func callbacksAreAnswered(_ server: LiveServer, _ request: JSON, _ reference: String, _ secret: String)
        async throws
    {
        let message = try signed(notice("FT1", 10_000, "ck den \(reference.lowercased()) nop"), secret: secret)
        let settled = try await server.send(
            "POST",
            "/v1/callbacks/vcb",
            headers: message.headers,
            body: message.body
        )
        #expect(settled.status == 200)
        #expect(try settled.json["outcome"] == "settled" && settled.json["payment_request_id"] == request["id"])
        let repeated = try await server.send(
            "POST",
            "/v1/callbacks/vcb",
            headers: message.headers,
            body: message.body
        )
        #expect(try repeated.status == 200 && repeated.json["outcome"] == "duplicate")
        let conflict = try signed(notice("FT1", 9999, reference), secret: secret)
        let refused = try await server.send(
            "POST",
            "/v1/callbacks/vcb",
            headers: conflict.headers,
            body: conflict.body
        )
        #expect(try refused.status == 409 && refused.json["outcome"] == "conflict")
        var forged = message
        forged.body[20] ^= 1
        #expect(
            try await server.send("POST", "/v1/callbacks/vcb", headers: forged.headers, body: forged.body).status
                == 401
        )
        #expect(
            try await server.send("POST", "/v1/callbacks/nobody", headers: message.headers, body: message.body)
                .status == 404
        )
    }

    private func isPaid(_ server: LiveServer, _ request: JSON, _ reference: String, _ page: String, _ portal: String)
        async throws
    {
        let id = try #require(request["id"]?.string)
        let read = try await server.send("GET", "/v1/payment-requests/\(id)", key: portal).json
        #expect(read["status"] == "paid" && read["amount_received"] == 10_000)
        let shown = try await server.send("GET", page, headers: ["Accept-Language": "vi"]).text
        #expect(shown.contains("Đã thanh toán"))
        let listed = try await server.send("GET", "/v1/payment-requests?reference=\(reference)", key: portal).json
        #expect(listed["items"]?.array?.count == 1)
    }

    private func isReconciled(_ server: LiveServer, _ reference: String, _ finance: String) async throws {
        let today = Instant.now().day
        let statement =
            "transaction_id,booked_at,value_date,amount,currency,counterparty_name,counterparty_account,memo,balance\nFT1,\(Instant.now()),\(today),10000,VND,,,\(reference),10000\n"
        let imported = try await server.send(
            "POST",
            "/v1/statements?account=\(Self.account)&format=csv",
            key: finance,
            body: Array(statement.utf8)
        )
        #expect(try imported.status == 202 && imported.json["lines"] == 1)
        let run = try await server.send(
            "POST",
            "/v1/reconciliations",
            key: finance,
            json: ["account_number": .string(Self.account), "through": .text(today)]
        )
        #expect(try run.json["matched"] == 1 && run.json["cases_opened"] == 0)
    }

    private func isCounted(_ server: LiveServer, _ finance: String) async throws {
        let (year, month, _) = Instant.now().day.components
        let period = "\(year)-\(month < 10 ? "0" : "")\(month)"
        let report = try await server.send("GET", "/v1/reports/non-cash-rates?period=\(period)", key: finance).json
        #expect(
            report["total"]?["non_cash_rate"] == "100.00" && report["rows"]?.array?.first?["locality_code"] == "25"
        )
        let csv = try await server.send(
            "GET",
            "/v1/reports/non-cash-rates?period=\(period)&format=csv",
            key: finance
        )
        #expect(csv.body.starts(with: [0xEF, 0xBB, 0xBF]) && csv.text.contains("\r\n"))
    }

    @Test func `every role may do what the table says and nothing else`() async throws {
        try await LiveServer.with { server in
            let routes: [(String, String, Permission)] = [
                ("POST", "/v1/quotes", .quote), ("POST", "/v1/payment-requests", .createPaymentRequest),
                ("GET", "/v1/payment-requests?reference=x", .readPaymentRequest),
                ("POST", "/v1/payment-requests/\(UUID())/cancel", .cancelPaymentRequest),
                ("POST", "/v1/counter-payments", .takeCounterPayment), ("POST", "/v1/statements", .importStatement),
                ("GET", "/v1/statements/1", .readCases), ("POST", "/v1/statements/1/confirm", .confirmRecoveries),
                ("POST", "/v1/reconciliations", .reconcile),
                ("GET", "/v1/reconciliations/1", .readCases), ("GET", "/v1/cases", .readCases),
                ("GET", "/v1/cases/1", .readCases), ("POST", "/v1/cases/1/resolve", .resolveCases),
                ("POST", "/v1/refunds", .requestRefund), ("POST", "/v1/refunds/\(UUID())/approve", .approveRefund),
                ("POST", "/v1/refunds/\(UUID())/execute", .executeRefund),
                ("POST", "/v1/refund-files", .takePaymentFile),
                ("POST", "/v1/reports/reconciliation/sign-off", .signOffReconciliation),
                ("GET", "/v1/reports/non-cash-rates?period=2026", .readReports),
            ]
            for role in Role.ofKeys {
                let key = try await server.key(role)
                for (method, path, permission) in routes {
                    let status = try await server.send(method, path, key: key, body: method == "POST" ? [] : nil).status
                    let may = permission.isGranted(to: role) && !permission.takesPerson
                    #expect((status == 403) != may, "\(role) \(method) \(path): \(status)")
                    #expect(status != 500, "\(role) \(method) \(path)")
                }
            }
            for role in Role.ofPersons {
                let token = try await server.person(role)
                for (method, path, permission) in routes {
                    let status = try await server.send(method, path, key: token, body: method == "POST" ? [] : nil)
                        .status
                    #expect((status == 403) != permission.isGranted(to: role), "\(role) \(method) \(path): \(status)")
                    #expect(status != 500, "\(role) \(method) \(path)")
                }
            }
            for (method, path, _) in routes {
                #expect(try await server.send(method, path).status == 401)
                #expect(
                    try await server.send(method, path, key: "khop_00000000000000000000000000000000_x").status == 401
                )
            }
            let created = try await server.services.keys.create(role: .admin, name: "x", localityCode: nil)
            #expect(try await server.send("GET", "/v1/cases", key: created.key).status == 200)
            try await server.services.keys.revoke(created.caller.id)
            try await until { try await server.send("GET", "/v1/cases", key: created.key).status == 401 }
        }
    }

    @Test func `bad input gets a problem that names the field`() async throws {
        try await LiveServer.with { server in
            let portal = try await server.key(.portal)
            func problem(_ body: String, _ headers: [String: String] = [:]) async throws -> (Int, [String]) {
                let answer = try await server.send(
                    "POST",
                    "/v1/payment-requests",
                    key: portal,
                    headers: headers,
                    body: Array(body.utf8)
                )
                #expect(answer.headers["content-type"] == "application/problem+json", "\(body.prefix(60))")
                return (answer.status, (try answer.json["errors"]?.array ?? []).compactMap { $0["pointer"]?.string })
            }
            func order(_ changes: String) -> String {
                "{\"dossier_code\":\"D\",\"agency_code\":\"H44.01\",\"procedure_code\":\"1.004222\",\"channel\":\"online\"\(changes)}"
            }
            for body in ["", "{", "{\"a\":1,\"a\":2}", "\u{1}"] { #expect(try await problem(body).0 == 400, "\(body)") }
            #expect(
                try await server.send("POST", "/v1/payment-requests", key: portal, body: [0x7B, 0xFF, 0x7D]).status
                    == 400
            )
            #expect(try await problem("[]") == (422, [""]))
            #expect(try await problem("{}") == (422, ["/dossier_code", "/agency_code", "/procedure_code", "/channel"]))
            for (changes, pointer) in [
                (",\"expires_in\":0", "/expires_in"), (",\"expires_in\":2592001", "/expires_in"),
                (",\"expires_in\":1.5", "/expires_in"),
                (",\"assessed_on\":\"2026-02-30\"", "/assessed_on"), (",\"payer\":5", "/payer"),
                (",\"items\":{}", "/items"),
                (",\"items\":[{\"fee_code\":\"CT-THUONGTRU\",\"quantity\":-1}]", "/items/0/quantity"),
                (",\"items\":[{\"fee_code\":\"CT-THUONGTRU\",\"quantity\":99999999999}]", "/items/0/quantity"),
                (",\"items\":[{\"fee_code\":\"NONE\"}]", "/items/0/fee_code"), (",\"items\":[]", "/items"),
                (",\"return_url\":\"javascript:alert(1)\"", "/return_url"),
            ] {
                #expect(try await problem(order(changes)) == (422, [pointer]), "\(changes)")
            }
            let long = String(repeating: "x", count: (1 << 20) + 1)
            #expect(try await problem(long).0 == 413)
            for path in ["/v1/payment-requests/x", "/v1/payment-requests/\(UUID())", "/pay/nope", "/nothing"] {
                #expect(try await server.send("GET", path, key: portal).status == 404, "\(path)")
            }
            let finance = try await server.key(.finance)
            for query in [
                "", "?period=2026-13", "?period=2026&level=village", "?period=2026&locality=zz",
                "?from=2026-02-01&to=2026-01-01", "?period=2026&level=district", "?period=2026&format=pdf",
            ] {
                let answer = try await server.send("GET", "/v1/reports/non-cash-rates" + query, key: finance)
                #expect(answer.status == 400, "\(query)")
            }
        }
    }

    @Test func `health, readiness and metrics are served, and each answer carries a request id`() async throws {
        try await LiveServer.with { server in
            #expect(try await server.send("GET", "/healthz").status == 200)
            #expect(try await server.send("GET", "/readyz").status == 200)
            let metrics = try await server.send("GET", "/metrics").text
            #expect(metrics.contains("khop_database_connections_lent"))
            let echoed = try await server.send("GET", "/healthz", headers: ["X-Request-Id": "abc-1"])
            #expect(echoed.headers["x-request-id"] == "abc-1")
            let replaced = try await server.send("GET", "/healthz", headers: ["X-Request-Id": "bad id\u{7F}"])
            #expect(replaced.headers["x-request-id"] != "bad id\u{7F}")
        }
    }
}
