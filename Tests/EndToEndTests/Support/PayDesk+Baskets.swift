import Foundation
import TestSupport
import Testing
import Values

extension PayDesk {
    /// A basket of so many new requests of 10.000 ₫ each, with theirs.
    func basket(of count: Int = 3, from first: Int = 1) async throws -> (basket: Asked, requests: [Asked]) {
        var requests: [Asked] = []
        for number in first..<(first + count) { requests.append(try await ask("H44-26-\(2000 + number)")) }
        let order: JSON = ["payment_requests": .array(requests.map { .string($0.reference) })]
        let made = try await server.send("POST", "/v1/baskets", key: portal, json: order)
        #expect(made.status == 201, "\(made.text)")
        let json = try made.json
        let basket = Asked(
            id: try #require(json["id"]?.string),
            reference: try #require(json["reference"]?.string),
            path: try #require(json["pay_url"]?.string.flatMap { URL(string: $0)?.path })
        )
        return (basket, requests)
    }
}
