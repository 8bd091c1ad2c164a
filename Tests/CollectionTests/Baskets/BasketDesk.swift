import Casework
import Collection
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// A portal with its key, and baskets of its requests.
struct BasketDesk: Sendable {
    let desk: Desk
    let caller: Caller
    var services: Services { desk.services }

    init(_ services: Services, recovery: AccountTerms.Recovery = .automatic) async throws {
        desk = try await Desk(services, recovery: recovery)
        caller = try await BasketDesk.portal(services, "portal")
    }

    static func portal(_ services: Services, _ name: String) async throws -> Caller {
        try await services.keys.create(role: .portal, name: name, localityCode: nil).caller
    }

    /// A request of the portal: 10.000 đồng (online) or 20.000 (by any other channel).
    func request(_ channel: String = "online", expiresIn: Int64 = 7200, dossier: String = "D-1") async throws
        -> PaymentRequest
    {
        let draft = try PaymentRequestDraft(
            [
                "dossier_code": .string(dossier), "agency_code": "H44.01", "procedure_code": "1.004222",
                "channel": .string(channel), "expires_in": .integer(expiresIn),
            ],
            today: Instant.now().day
        )
        let answer = try await services.paymentRequests.create(draft, caller: caller, idempotency: nil)
        let id = try #require(try JSON.parse(answer.body)["id"]?.string.flatMap(UUID.init))
        return try await services.paymentRequests.find(id)
    }

    func requests(_ count: Int) async throws -> [PaymentRequest] {
        var made: [PaymentRequest] = []
        for number in 0..<count { made.append(try await request(dossier: "D-\(number)")) }
        return made
    }

    func draft(_ requests: [PaymentRequest], expiresIn: Int64 = 3600) throws -> BasketDraft {
        try BasketDraft(
            [
                "payment_requests": .array(requests.map { .string($0.id.text) }), "expires_in": .integer(expiresIn),
            ]
        )
    }

    func basket(_ requests: [PaymentRequest]) async throws -> Basket {
        let answer = try await services.baskets.make(try draft(requests), caller: caller, idempotency: nil)
        return try await find(try #require(try JSON.parse(answer.body)["reference"]?.string))
    }

    func find(_ reference: String) async throws -> Basket {
        try await services.baskets.find(try #require(RequestName(reference)), for: caller)
    }

    /// What is left to pay of each request of a basket.
    func remaining(_ basket: Basket) async throws -> [Int64] {
        try await find(basket.reference).requests.map(\.amountRemaining.dong)
    }

    func state(_ basket: Basket) async throws -> String {
        try await find(basket.reference).state(at: .now()).rawValue
    }
}
