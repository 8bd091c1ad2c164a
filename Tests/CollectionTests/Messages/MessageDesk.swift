import Casework
import Collection
import Foundation
import TestSupport
import Testing
import Values
import Workflow

/// Requests whose payers want to be told, and what tells them.
struct MessageDesk {
    let desk: Desk
    let sender = RecordingSender()
    let phone = RecordingSender()

    var services: Services { desk.services }

    /// - Parameter quiet: in which hours nobody is told.
    static func with(quiet: String? = nil, _ body: (MessageDesk) async throws -> Void) async throws {
        var options = ServiceOptions(publicURL: "http://127.0.0.1:1")
        options.messages.channels = Set(ContactChannel.allCases)
        options.messages.quiet = quiet.flatMap { NightHours($0) }
        try await TestDatabase.withServices(options: options) { services in
            try await body(MessageDesk(desk: try await Desk(services)))
        }
    }

    var delivery: MessageDelivery {
        services.messageDelivery(
            [.email: sender, .sms: phone, .zalo: phone],
            composer: PlainComposer(),
            leaseSeconds: 120
        )
    }

    /// A request of 10.000 đồng, told to an address.
    func request(_ notify: JSON = ["email": "An@Example.vn"], expiresIn: Int64 = 3600) async throws -> PaymentRequest {
        let order: JSON = [
            "dossier_code": "D-1", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online",
            "expires_in": .integer(expiresIn), "notify": notify,
        ]
        let draft = try PaymentRequestDraft(order, today: Instant.now().day)
        let answer = try await services.paymentRequests.create(draft, caller: nil, idempotency: nil)
        return try await desk.find(try #require(try JSON.parse(answer.body)["id"]?.string))
    }

    /// Sends until nothing is left that is due.
    func drain(_ now: Instant = .now()) async throws {
        while try await delivery.step(now: now) > 0 {}
    }

    /// The states of all messages, the oldest first.
    func states() async throws -> [PayerMessageState] {
        try await services.messages.list().reversed().map(\.state)
    }
}
