import Collection
import Postgres
import Settlement
import TestSupport
import Testing
import Values

/// Notices of an account that a run is judging wait; nobody else does.
@Suite struct JudgedAccountTests {
    @Test func `a notice waits while its account is judged, and those of other accounts go on`() async throws {
        try await TestDatabase.withServices { services in
            let judged = try await Desk(services)
            let other = try await Desk(services, name: "other", account: "9990012345678")
            let (first, second) = (try await judged.request(), try await other.request())
            let held = try await HeldLock("settle", of: judged.account, services.database)
            defer { held.free() }
            async let waiting = judged.settle("FT1", 10_000, first.reference)
            try await until("the notice") { services.settler.load.waiting > 0 || services.settler.load.inFlight > 0 }
            for number in 1...20 {
                #expect(
                    try await other.settle("OT\(number)", 10_000, number == 1 ? second.reference : nil) != .conflict
                )
            }
            let stored = try await services.database.query(
                "select count(*) from bank_notice where provider_transaction_id = 'FT1'"
            ).row().get(0, as: Int64.self)
            #expect(stored == 0)
            try await held.release()
            #expect(try await waiting == .settled)
            try await judged.expectCleanBooks()
        }
    }

    @Test func `a notice that waited for long is to be sent again`() async throws {
        var options = ServiceOptions(publicURL: "")
        options.settlement.patience = .milliseconds(100)
        try await TestDatabase.withServices(options: options) { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            let held = try await HeldLock("settle", of: desk.account, services.database)
            defer { held.free() }
            let error = await #expect(throws: ServiceError.self) {
                _ = try await desk.settle("FT1", 10_000, request.reference)
            }
            #expect(error?.code == .overloaded)
            try await held.release()
            #expect(try await desk.settle("FT1", 10_000, request.reference) == .settled)
            try await desk.expectCleanBooks()
        }
    }
}
