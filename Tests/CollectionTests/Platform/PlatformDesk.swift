import BankCallbacks
import Collection
import Postgres
import TestSupport
import Testing
import Values

/// A desk whose payers go to the platform.
struct PlatformDesk: Sendable {
    let services: Services
    let desk: Desk
    let platform = ScriptedPlatform()

    static func with(_ body: @Sendable (PlatformDesk) async throws -> Void) async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            _ = try await services.connections.add(
                name: "dvc",
                profile: .nationalPlatform,
                account: desk.account,
                secret: ScriptedPlatform.secret,
                signatureHeader: nil,
                merchant: ScriptedPlatform.partner
            )
            _ = try await services.platform.links.set(
                PlatformLinks.Draft(
                    connection: "dvc",
                    initURL: "https://platform.example.vn/init",
                    queryURL: "https://platform.example.vn/query",
                    billURL: "https://platform.example.vn/bill",
                    token: "an-access-token-of-the-gateway",
                    lookUpToken: "what-was-agreed-on-with-them"
                ),
                by: .system
            )
            try await body(PlatformDesk(services: services, desk: desk))
        }
    }

    /// A request that its payer went to the platform for; its code there.
    func begin(_ request: PaymentRequest? = nil) async throws -> (request: PaymentRequest, code: String) {
        let asked: PaymentRequest
        if let request { asked = request } else { asked = try await desk.request() }
        let url = try await services.platform.payments.begin(
            token: asked.token,
            from: "203.0.113.7",
            over: platform
        )
        return (asked, try #require(url.split(separator: "/").last.map(String.init)))
    }

    func ask(at now: Instant = Instant.now().adding(seconds: 600)) async throws -> Int {
        try await services.platformInquiries(platform).step(now: now)
    }

    func hear(_ message: SignedMessage) async throws -> CallbackResult? {
        let result = try await services.callbacks.receive(message, connection: "dvc", from: "203.0.113.9")
        if case .answered(_, let told) = result { return told }
        return nil
    }

    func state(_ code: String) async throws -> String {
        try await services.database.query(
            "select state from platform_payment where code = \(code)"
        ).row().get(0)
    }

    func count(_ sql: String) async throws -> Int64 {
        try await services.database.query(Query(trustedSQL: sql)).row().get(0)
    }

    var isPaidOnce: Int64 {
        get async throws { try await count("select count(*) from payment_request where status = 'paid'") }
    }
}
