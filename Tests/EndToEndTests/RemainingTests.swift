import Collection
import Foundation
import PaymentQR
import Settlement
import TestSupport
import Testing
import Values

/// What is asked for after a part was paid: the rest, wherever a person or a program looks.
@Suite struct RemainingTests {
    private static let order: JSON = [
        "dossier_code": "D-9", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online",
    ]

    private static func settle(_ server: LiveServer, _ transaction: String, _ amount: Int64, _ reference: String)
        async throws -> NoticeOutcome
    {
        let connection = try #require(try await server.services.connections.open("bank"))
        return try await server.services.settler.settle(
            NoticeRow(
                Notice(
                    source: .callback,
                    issuerID: connection.issuerID,
                    transactionID: transaction,
                    contentHash: Array(transaction.utf8),
                    isCredit: true,
                    amount: Money(amount),
                    accountNumber: "0801000567890",
                    bankReference: transaction,
                    references: [reference],
                    occurredAt: .now()
                ),
                connectionID: connection.id,
                memo: reference,
                debitAccount: connection.bankLedgerAccount,
                suspenseAccount: connection.suspenseLedgerAccount
            )
        ).outcome
    }

    private static func with(_ body: @Sendable (LiveServer, String, JSON) async throws -> Void) async throws {
        try await LiveServer.with { server in
            _ = try await server.services.connections.add(
                name: "bank",
                profile: .standard,
                account: "0801000567890",
                secret: TestSecret.standard(9),
                signatureHeader: nil
            )
            let key = try await server.key(.portal)
            let request = try await server.send("POST", "/v1/payment-requests", key: key, json: order).json
            #expect(request["amount_due"] == 10_000 && request["amount_remaining"] == 10_000)
            try await body(server, key, request)
        }
    }

    private static func text(_ json: JSON, _ name: String) throws -> String { try #require(json[name]?.string) }

    @Test func `after a part was paid, code and page ask only for the rest`() async throws {
        try await Self.with { server, key, request in
            let reference = try Self.text(request, "reference")
            #expect(try await Self.settle(server, "FT1", 8000, reference) == .partial)
            let path = "/v1/payment-requests/\(try Self.text(request, "id"))"
            let part = try await server.send("GET", path, key: key).json
            #expect(part["amount_remaining"] == 2000 && part["amount_received"] == 8000)
            #expect(try VietQR(parsing: try Self.text(part, "qr_payload")).amount == Money(2000))
            let listed = try await server.send("GET", "/v1/payment-requests?reference=\(reference)", key: key).json
            #expect(listed["items"]?.array?.first?["amount_remaining"] == 2000)

            let pay = try Self.text(request, "pay_url").replacing("http://127.0.0.1:1", with: "")
            let page = try await server.send("GET", pay).text
            #expect(page.contains("<title>2,000 ₫") && page.contains("<p class=\"amount\">2,000 ₫</p>"))
            // The bill adds up: 20.000 − 10.000 = 10.000, less 8.000.
            for amount in ["<td>20,000 ₫</td>", "<td>−10,000 ₫</td>", "<td>10,000 ₫</td>", "<td>−8,000 ₫</td>"] {
                #expect(page.contains(amount), "\(amount)")
            }
            #expect(page.contains("Remaining"))

            #expect(try await Self.settle(server, "FT2", 2000, reference) == .settled)
            let paid = try await server.send("GET", path, key: key).json
            #expect(paid["status"] == "paid" && paid["amount_remaining"] == 0)
            #expect(paid["qr_payload"] == .null && paid["qr_svg_url"] == .null)
            // The link is right, and nothing is to be paid: as the picture and the notice say it.
            for paper in ["qr.png", "qr.svg", "picture.png", "notice.pdf"] {
                let answer = try await server.send("GET", pay + "/" + paper)
                #expect(answer.status == 409 && answer.text.contains("nothing is to be transferred"), "\(answer)")
            }
        }
    }

    @Test func `the page says what was paid in excess`() async throws {
        try await Self.with { server, key, request in
            #expect(try await Self.settle(server, "FT1", 18_000, try Self.text(request, "reference")) == .overpaid)
            let pay = try Self.text(request, "pay_url").replacing("http://127.0.0.1:1", with: "")
            let page = try await server.send("GET", pay).text
            #expect(page.contains("Paid in excess") && page.contains("<td>8,000 ₫</td>"))
        }
    }

    @Test func `the counter takes what remains`() async throws {
        try await Self.with { server, key, request in
            #expect(try await Self.settle(server, "FT1", 8000, try Self.text(request, "reference")) == .partial)
            // At the counter there is no online discount: 20.000 less 8.000.
            let taken = try await server.send(
                "POST",
                "/v1/counter-payments",
                key: try await server.key(.cashier),
                json: ["payment_request_id": request["id"] ?? .null, "channel": "counter_cash", "amount": 12_000]
            )
            #expect(taken.status == 201)
            #expect(try taken.json["amount_remaining"] == 0)
        }
    }
}
