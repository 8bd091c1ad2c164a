import Casework
import Collection
import Foundation
import Server
import TestSupport
import Testing
import Values

/// What messages say, in both languages.
@Suite struct MessageTextTests {
    @Test func `each message says what it is about, and leads nowhere but to the installation`() async throws {
        try await TestDatabase.withServices { services in
            let request = try await Self.paid(services)
            var installation = Installation()
            installation.name = Phrase(vi: "Cổng dịch vụ công tỉnh Lào Cai", en: "Lào Cai Public Services")
            installation.helpPhone = "0214 3 800 800"
            let templates = try MessageTemplates(installation, publicURL: "https://pay.example.vn")
            for language in Language.allCases {
                for kind in MessageKind.allCases {
                    let message = try templates.compose(
                        OutgoingMessage(
                            id: 1,
                            kind: kind,
                            channel: .email,
                            language: language,
                            address: "an@example.vn",
                            amount: Money(12_000),
                            remaining: Money(2000),
                            madeAt: .now(),
                            unsubscribeToken: "7-0123",
                            request: request
                        )
                    )
                    #expect(message.short.utf8.count <= 240 && message.short.utf8.allSatisfy { $0 < 128 }, "\(kind)")
                    #expect(!message.text.contains("{{") && !message.text.contains("&"))
                    let links = message.text.matches(of: /[a-z]+:\/\/[^\s]+/).map { String($0.0) }
                    #expect(links.count >= 2 && links.allSatisfy { $0.hasPrefix("https://pay.example.vn/") })
                    #expect(
                        message.unsubscribeURL == "https://pay.example.vn/unsubscribe/7-0123?lang=\(language.rawValue)"
                    )
                    let whole = "\(message.subject)\n\(message.short)\n\n\(message.text)"
                    let path = "Fixtures/messages/\(kind.rawValue)_\(language.rawValue).txt"
                    let differences = try Golden.differences(Self.plain(whole, request), from: path)
                    #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
                }
            }
        }
    }

    private static func paid(_ services: Services) async throws -> PaymentRequest {
        let order: JSON = [
            "dossier_code": "H44-26-0001", "agency_code": "H44.01", "procedure_code": "1.004222",
            "channel": "counter_cash",
        ]
        let draft = try PaymentRequestDraft(order, today: Instant.now().day)
        let answer = try await services.paymentRequests.create(draft, caller: nil, idempotency: nil)
        let id = try #require(try JSON.parse(answer.body)["id"]?.string.flatMap { UUID(uuidString: $0) })
        return try await services.paymentRequests.find(id)
    }

    /// Without what is another each time.
    private static func plain(_ text: String, _ request: PaymentRequest) -> String {
        text.replacing(request.reference, with: "RF00XXXXXXXXXXXX").replacing(request.token, with: "TOKEN")
            .replacing(request.expiresAt.formatted, with: "10:00 02/12/2026")
    }
}
