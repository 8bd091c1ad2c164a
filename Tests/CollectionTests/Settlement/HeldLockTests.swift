import Collection
import Foundation
import Postgres
import Settlement
import TestSupport
import Testing
import Values

/// What somebody else holds for longer than anybody waits.
@Suite struct HeldLockTests {
    @Test func `a notice whose request is held too long is to be sent again, and its neighbours are settled`()
        async throws
    {
        try await TestDatabase.withServices(lockTimeoutMilliseconds: 200) { services in
            let desk = try await Desk(services)
            let (held, free) = (try await desk.request(), try await desk.request())
            let gate = DispatchSemaphore(value: 0)
            async let holder: Void = services.database.transaction { tx in
                _ = try tx.query("select 1 from payment_request where id = \(held.id)::uuid for update")
                gate.wait()
            }
            defer { gate.signal() }
            try await until("the lock") {
                try await services.database.query(
                    "select 1 from payment_request where id = \(held.id)::uuid for update skip locked"
                ).isEmpty
            }
            async let neighbour = desk.settle("FREE", 10_000, free.reference)
            let error = await #expect(throws: PostgresError.self) {
                _ = try await desk.settle("HELD", 10_000, held.reference)
            }
            #expect(try await neighbour == .settled)
            gate.signal()
            _ = try await holder
            // The bank is told so and sends it again; it is not told of a fault of ours.
            #expect(error?.isTimeout == true)
            #expect(ServiceError(unexpected: try #require(error)).code == .overloaded)
            #expect(try await desk.settle("HELD", 10_000, held.reference) == .settled)
            try await desk.expectCleanBooks()
        }
    }
}
