import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values

/// The caps on what one key may leave behind.
@Suite struct CapTests {
    private static func with(
        _ set: (inout CallLimits.Options) -> Void,
        _ body: (Services) async throws -> Void
    ) async throws {
        var options = ServiceOptions(publicURL: "http://127.0.0.1:1")
        set(&options.limits)
        try await TestDatabase.withServices(options: options, body)
    }

    @Test func `a key with too many open requests makes no more until some are paid`() async throws {
        try await Self.with {
            $0.openRequests = 3
        } _: { services in
            let desk = try await Desk(services)
            func caller(_ name: String) async throws -> Caller {
                let key = try await services.keys.create(role: .portal, name: name, localityCode: nil).key
                return try await services.keys.authenticate(key, from: "192.0.2.1")
            }
            let (one, other) = (try await caller("one"), try await caller("other"))
            func order(_ caller: Caller) async throws -> String? {
                let draft = try PaymentRequestDraft(
                    ["dossier_code": "D", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online"],
                    today: Instant.now().day
                )
                let made = try await services.paymentRequests.create(draft, caller: caller, idempotency: nil)
                return try JSON.parse(made.body)["reference"]?.string
            }
            var references: [String] = []
            for _ in 0..<3 { references.append(try #require(try await order(one))) }
            let refused = await #expect(throws: ServiceError.self) { _ = try await order(one) }
            #expect(refused?.code == .tooManyRequests && refused?.retryAfter == 10)
            #expect(try await order(other) != nil)
            // Counted again in the background, after a refusal.
            _ = try await desk.settle("t1", 10_000, references[0])
            try await until("a request is let in again") {
                do { return try await order(one) != nil } catch let error as ServiceError {
                    guard error.code == .tooManyRequests else { throw error }
                    return false
                }
            }
        }
    }

    @Test func `so many statements a day may be imported by one, and a file sent again is none`() async throws {
        try await Self.with {
            $0.statementsPerDay = 2
        } _: { services in
            let desk = try await Desk(services)
            let files = ["A", "B", "C"].map { id in
                var lines = StatementLines()
                lines.add(id, 10_000, "x")
                return lines
            }
            #expect(try await !files[0].imported(into: desk).isRepeated)
            #expect(try await !files[1].imported(into: desk).isRepeated)
            let refused = await #expect(throws: ServiceError.self) { _ = try await files[2].imported(into: desk) }
            let seconds = try #require(refused?.retryAfter)
            #expect(refused?.code == .tooManyRequests && (1...86_400).contains(seconds))
            #expect(try await files[0].imported(into: desk).isRepeated)
        }
    }
}
