import BankCallbacks
import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values

/// Every provider's callbacks through the real server, and what is kept of them.
@Suite struct CallbackTests {
    private static let account = "0801000567890"

    private static func secret(_ profile: CallbackProfile, _ number: UInt8 = 1) -> String {
        switch profile {
        case .standard: TestSecret.standard(number)
        case .rfc9421: TestSecret.base64(number + 100)
        case .momo: "ACCESS:momo secret \(number)"
        case .viettel: "ACCESS:viettel secret \(number)"
        case .onepay: "1f2e3d4c5b6a79880011223344556677"
        case .vietinbank: RSAPair.pairs[0].secret
        default: "a secret of \(profile.rawValue) \(number)"
        }
    }

    /// The signing script signs messages over their path for a connection of this name.
    private static func name(_ profile: CallbackProfile) -> String { profile == .rfc9421 ? "bank" : profile.rawValue }

    /// What a provider says of a transfer.
    private static func content(_ profile: CallbackProfile, _ id: Int64, _ amount: Int64, _ reference: String) -> JSON {
        let now = Instant.now()
        let local = String(now.description.prefix(19)).replacing("T", with: " ")
        return switch profile {
        case .standard, .timestamped, .rfc9421:
            [
                "transaction_id": .string("T\(id)"), "amount": .integer(amount), "currency": "VND",
                "account_number": .string(account), "direction": "credit", "status": "success",
                "occurred_at": .text(now), "memo": .string("CK \(reference) le phi"),
            ]
        case .payos:
            [
                "orderCode": .integer(id), "amount": .integer(amount), "description": .string("CK \(reference)"),
                "accountNumber": .string(account), "reference": .string("T\(id)"),
                "transactionDateTime": .string(local), "currency": "VND", "code": "00", "desc": "success",
            ]
        case .vnpay:
            [
                "vnp_Amount": .string("\(amount)00"), "vnp_OrderInfo": "Le phi", "vnp_TxnRef": .string(reference),
                "vnp_PayDate": .string(String(local.filter(\.isNumber))), "vnp_ResponseCode": "00",
                "vnp_TransactionNo": .string(String(id)), "vnp_TransactionStatus": "00", "vnp_TmnCode": "TMN",
            ]
        case .momo:
            [
                "partnerCode": "M", "orderId": .string(reference), "requestId": "r", "amount": .integer(amount),
                "orderInfo": "Lệ phí", "orderType": "momo_wallet", "transId": .integer(id), "resultCode": 0,
                "message": "ok", "payType": "qr", "responseTime": .integer(now.unixSeconds * 1000), "extraData": "",
            ]
        case .zalopay:
            [
                "app_id": 1, "app_trans_id": .string("261121_\(reference)"),
                "app_time": .integer(now.unixSeconds * 1000),
                "amount": .integer(amount), "zp_trans_id": .integer(id),
                "server_time": .integer(now.unixSeconds * 1000), "item": "[]", "embed_data": "{}",
            ]
        case .casso:
            [
                "error": 0,
                "data": [
                    "id": .integer(id), "reference": .string("T\(id)"), "description": .string("CK \(reference)"),
                    "amount": .integer(amount), "runningBalance": 1, "transactionDateTime": .string(local),
                    "accountNumber": .string(account),
                ],
            ]
        default:
            DeclaredMessages.content(profile, id: id, amount: amount, reference: reference, account: account, at: now)
        }
    }

    private static func signed(_ profile: CallbackProfile, _ content: JSON, secret: String? = nil) throws
        -> SignedMessage
    {
        let seconds = Instant.now().unixSeconds
        var job: [JSON.Member] = [
            .init("profile", .string(profile.rawValue)), .init("secret", .string(secret ?? Self.secret(profile))),
            .init("body", .string(content.serialized)), .init("id", "msg_1"),
            .init("time", .integer(profile == .casso ? seconds * 1000 : seconds)),
        ]
        if profile == .rfc9421 {
            job += [
                .init("components", ["@method", "@path", "@query", "content-digest", "content-type"])
            ]
        }
        let output = try OtherProgram.run(
            "python3",
            [Repository.root + "/Fixtures/signatures/sign.py"],
            input: Data((JSON.object(job).serialized + "\n").utf8)
        )
        let json = try JSON.parse(Array(output))
        return SignedMessage(
            method: json["method"]?.string ?? "POST",
            path: "/v1/callbacks/\(Self.name(profile))",
            query: json["query"]?.string ?? "",
            headers: (json["headers"]?.members ?? []).map { ($0.name, $0.value.string ?? "") },
            body: Array((json["body"]?.string ?? "").utf8)
        )
    }

    private static func connect(_ server: LiveServer, _ profile: CallbackProfile) async throws {
        _ = try await server.services.connections.add(
            name: name(profile),
            profile: profile,
            account: account,
            secret: secret(profile),
            signatureHeader: nil
        )
    }

    private static func send(_ server: LiveServer, _ message: SignedMessage) async throws -> LiveServer.Answer {
        let query = message.query.isEmpty ? "" : "?" + message.query
        let headers = Dictionary(message.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        return try await server.send(
            message.method,
            message.path + query,
            headers: headers,
            body: message.method == "GET" ? nil : message.body
        )
    }

    private static func order(_ server: LiveServer, _ key: String) async throws -> JSON {
        try await server.send(
            "POST",
            "/v1/payment-requests",
            key: key,
            json: [
                "dossier_code": "D", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online",
            ]
        ).json
    }

    @Test func `every provider is answered in its own words`() async throws {
        try await LiveServer.with { server in
            let key = try await server.key(.admin)
            for (number, profile) in CallbackProfile.allCases.enumerated() {
                try await Self.connect(server, profile)
                let order = try await Self.order(server, key)
                let reference = try #require(order["reference"]?.string)
                let id = Int64(1000 + number * 10)
                func word(_ message: SignedMessage) async throws -> String {
                    let answer = try await Self.send(server, message)
                    guard answer.status < 300 else { return String(answer.status) }
                    if answer.body.isEmpty { return String(answer.status) }
                    return try ProviderWords.word(of: answer)
                }
                let first = try Self.signed(profile, Self.content(profile, id, 10_000, reference))
                var forged = first
                forged.query = first.query.replacing("_Amount=1000000", with: "_Amount=2000000")
                let text = String(decoding: first.body, as: UTF8.self)
                // What is in base64 is another text with another letter.
                let another = profile == .ninepay ? text.replacing("result=e", with: "result=f") : text
                forged.body = Array(another.replacing("10000", with: "20000").utf8)
                let found = [
                    try await word(first), try await word(first),
                    try await word(Self.signed(profile, Self.content(profile, id + 1, 10_000, "RF18539007547034"))),
                    try await word(Self.signed(profile, Self.content(profile, id + 2, 3000, reference))),
                    try await word(forged),
                ]
                #expect(found == ProviderWords.expected[profile], "\(profile.rawValue)")
                let read = try await server.send(
                    "GET",
                    "/v1/payment-requests/\(order["id"]?.string ?? "")",
                    key: key
                ).json
                // KeyPay's third version knows a payment by its order alone: a second one of an order is a contradiction.
                let received: JSON = profile == .keypay3 ? 10_000 : 13_000
                #expect(read["status"] == "paid" && read["amount_received"] == received, "\(profile.rawValue)")
            }
            for finding in try await server.services.ledger.verify() {
                #expect(finding.ok, "\(finding.name): \(finding.detail)")
            }
        }
    }

    @Test func `a refused callback is kept and can be replayed after a fix`() async throws {
        try await LiveServer.with { server in
            let services = server.services
            let key = try await server.key(.admin)
            for profile in [CallbackProfile.standard, .vnpay] {
                try await Self.connect(server, profile)
                let reference = try #require(try await Self.order(server, key)["reference"]?.string)
                // The bank has rotated its secret, and nobody told us.
                let message = try Self.signed(
                    profile,
                    Self.content(profile, 77, 10_000, reference),
                    secret: Self.secret(profile, 2)
                )
                _ = try await Self.send(server, message)
                func refused() async throws -> [JSON] {
                    try await services.callbackReplay.list(
                        .refused,
                        connection: profile.rawValue,
                        outcome: nil,
                        before: nil,
                        limit: 10
                    )
                }
                // Written by the server's own sweep, soon.
                try await until { try await !refused().isEmpty }
                let kept = try await refused()
                #expect(kept.count == 1 && kept[0]["outcome"] == "signature_mismatch")
                let id = try CallbackReplay.ID(try #require(kept[0]["id"]?.string))
                #expect(try await services.callbackReplay.replay(id) == "signature_mismatch")
                _ = try await services.connections.rotate(
                    name: profile.rawValue,
                    secret: Self.secret(profile, 2),
                    retireOld: false
                )
                services.connections.forget()
                #expect(try await services.callbackReplay.replay(id) == "settled")
                #expect(try await services.callbackReplay.replay(id) == "duplicate")
                let recorded = try await services.callbackReplay.list(
                    .recorded,
                    connection: profile.rawValue,
                    outcome: nil,
                    before: nil,
                    limit: 10
                )
                #expect(recorded.count == 1)
                let inBooks = try CallbackReplay.ID(try #require(recorded[0]["id"]?.string))
                #expect(try await services.callbackReplay.replay(inBooks) == "duplicate")
                let shown = try await services.callbackReplay.show(inBooks)
                #expect(shown["headers"]?.array?.first?.string?.hasPrefix(":method: ") == true)
                let listed = try #require(
                    try await services.connections.list().first { $0.name == profile.rawValue }
                )
                #expect(listed.refused >= 1 && listed.lastFailure?.hasPrefix("signature_mismatch") == true)
                #expect(listed.lastUsedAt != nil)
            }
            for finding in try await services.ledger.verify() { #expect(finding.ok, "\(finding.name)") }
        }
    }

    @Test func `credentials are masked in the headers that are kept`() async throws {
        try await LiveServer.with { server in
            try await Self.connect(server, .standard)
            let answer = try await server.send(
                "POST",
                "/v1/callbacks/standard",
                key: "khop_top_secret",
                headers: ["Cookie": "session=top_secret"],
                json: ["a": 1]
            )
            #expect(answer.status == 401)
            // Written by the server's own sweep, soon.
            try await until {
                try await server.services.database.query("select 1 from refused_callback").count == 1
            }
            let kept = try await server.services.database.query("select raw from refused_callback").row().get(
                0,
                as: Bytes.self
            )
            let message = try await server.services.rawMessages.open(kept.bytes)
            #expect(!message.headers.contains("top_secret") && message.headers.contains("(masked)"))
            #expect(message.body == Array(#"{"a":1}"#.utf8))
        }
    }

    @Test func `a flood of garbage is kept within bounds`() async throws {
        try await TestDatabase.withServices { services in
            _ = try await services.connections.add(
                name: "bank",
                profile: .standard,
                account: Self.account,
                secret: Self.secret(.standard),
                signatureHeader: nil
            )
            for round in 0..<6 {
                for number in 0..<800 {
                    let message = SignedMessage(
                        method: "POST",
                        path: "/v1/callbacks/bank",
                        headers: [("x", "\(round) \(number)")],
                        body: Array(repeating: 0, count: 100)
                    )
                    let address = "192.0.2.\(number % 250)"
                    _ = try await services.callbacks.receive(message, connection: "bank", from: address)
                }
                try await services.callbackLog.flush()
            }
            let kept = try await services.database.query("select count(*) from refused_callback").row()
            #expect(try kept.get(0, as: Int64.self) == 2000)
            #expect(try await services.connections.list()[0].refused == 4800)
        }
    }

    @Test func `a disabled connection is not found until it is enabled`() async throws {
        try await LiveServer.with { server in
            try await Self.connect(server, .standard)
            func status() async throws -> Int {
                let message = try Self.signed(.standard, Self.content(.standard, 1, 500, "none"))
                return try await Self.send(server, message).status
            }
            #expect(try await status() == 200)
            _ = try await server.services.connections.setDisabled(true, name: "standard")
            try await until { try await status() == 404 }
            _ = try await server.services.connections.setDisabled(false, name: "standard")
            try await until { try await status() == 200 }
            let connections = server.services.connections
            #expect(try await connections.setCommission("1.10", name: "standard").commissionPercent == "1.1")
            #expect(try await connections.setCommission(nil, name: "standard").commissionPercent == nil)
            for bad in ["-1", "101", "1.2345", "x", ""] {
                await #expect(throws: ServiceError.self, "\(bad)") {
                    try await connections.setCommission(bad, name: "standard")
                }
            }
        }
    }

    @Test func `all secrets are sealed again with a new key, or none`() async throws {
        try await TestDatabase.with { options in
            let database = Database(options)
            let (old, new) = (
                try SecretBox(base64: SecretBox.newKeyBase64()), try SecretBox(base64: SecretBox.newKeyBase64())
            )
            let before = Services(database, options: ServiceOptions(publicURL: ""), box: old)
            _ = try await before.catalogue.importFiles(TestDatabase.demonstrationCatalogue(), by: "test")
            _ = try await before.connections.add(
                name: "bank",
                profile: .standard,
                account: Self.account,
                secret: Self.secret(.standard),
                signatureHeader: nil
            )
            _ = try await before.eventEndpoints.add(name: "p", url: "https://p.example/", types: nil, secret: nil)
            let after = Services(database, options: ServiceOptions(publicURL: ""), box: new)
            await #expect(throws: ServiceError.self) { try await after.connections.open("bank") }
            let wrong = try SecretBox(base64: SecretBox.newKeyBase64())
            await #expect(throws: ServiceError.self) { try await after.connections.reseal(from: wrong) }
            #expect(try await after.connections.reseal(from: old) == 2)
            #expect(try await after.connections.open("bank") != nil)
            #expect(try await after.connections.list()[0].keyIDs == [new.keyID])
            #expect(try await after.connections.reseal(from: old) == 0)
            await database.close()
        }
    }
}
