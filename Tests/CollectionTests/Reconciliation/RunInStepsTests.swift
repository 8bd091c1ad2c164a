import Collection
import Foundation
import Postgres
import Settlement
import Synchronization
import TestSupport
import Testing
import Values

/// A run in steps of a few lines leaves what a run in one leaves, whatever comes between its steps.
@Suite struct RunInStepsTests {
    private static let worlds = 60

    /// What is done between the steps of a run.
    private final class Between: Sendable {
        typealias Act = @Sendable () async throws -> Void
        private let act = Mutex<Act?>(nil)

        func set(_ next: Act?) { act.withLock { $0 = next } }
        func run() async throws { try await act.withLock { $0 }?() }
    }

    /// The same happens in two databases, in one of which runs take as little as they can at once.
    @Test(arguments: [false, true])
    func `a run in steps, with callbacks between them, leaves what a run in one leaves`(_ confirms: Bool) async throws {
        let between = Between()
        var small = ServiceOptions(publicURL: "")
        small.runs.pairs = 2
        small.runs.lines = 1
        small.runs.payments = 1
        small.runs.pause = .zero
        small.runs.afterStep = { _ in try await between.run() }
        var large = ServiceOptions(publicURL: "")
        large.runs.lines = 1_000_000
        try await TestDatabase.withServices(options: small) { steps in
            try await TestDatabase.withServices(options: large) { whole in
                var random = Seeded("runs in steps \(confirms)")
                let accounts = (
                    try await Self.open(steps, confirms: confirms), try await Self.open(whole, confirms: confirms)
                )
                try await Self.live(accounts.0, accounts.1, between, &random)
                for services in [steps, whole] {
                    for finding in try await services.ledger.verify() {
                        #expect(finding.ok, "\(finding.name): \(finding.detail)")
                    }
                }
            }
        }
    }

    private static func open(_ services: Services, confirms: Bool) async throws -> WorldAccount {
        try await WorldAccount(services, number: "0801000567890", agency: "H44.01", confirms: confirms)
    }

    private static func live(
        _ steps: WorldAccount,
        _ whole: WorldAccount,
        _ between: Between,
        _ random: inout Seeded
    ) async throws {
        var balance: Int64 = 1_000_000
        var came = 0
        for number in 0..<worlds {
            let day = Day("2025-01-01")!.adding(days: number * 2)
            let noon = day.start.adding(seconds: 43_200)
            let world = BankDay("S\(number)", &random)
            for account in [steps, whole] {
                try await ReconciliationWorldTests.add(world, to: account, on: day)
                for callback in world.callbacks {
                    let by = callback.isGateway ? account.gateway : nil
                    _ = try await account.settle(callback.id, callback.amount, callback.reference, at: noon, by: by)
                }
            }
            var same = random
            let (after, _) = try await ReconciliationWorldTests.importLines(of: world, balance, noon, steps, &random)
            _ = try await ReconciliationWorldTests.importLines(of: world, balance, noon, whole, &same)
            balance = after

            let arrivals = try await run(steps, world, day, between, &random)
            came += arrivals.before.count
            try await settle(arrivals.before, by: whole, at: noon)
            _ = try await whole.services.reconciliation.run(account: whole.number, through: day.next, by: "test")
            try await settle(arrivals.after, by: whole, at: noon)
            let differences = BooksByContent.differences(
                try await BooksByContent.read(steps.services.database),
                try await BooksByContent.read(whole.services.database)
            )
            #expect(differences.isEmpty, "world \(number), \(arrivals): \(world)")
            guard differences.isEmpty else { return }
        }
        // Worlds in which nothing came between would prove nothing.
        #expect(came > worlds / 4)
    }

    private typealias Callback = (id: String, amount: Int64, reference: String?)

    private static func settle(_ callbacks: [Callback], by account: WorldAccount, at noon: Instant) async throws {
        for callback in callbacks {
            _ = try await account.settle(callback.id, callback.amount, callback.reference, at: noon)
        }
    }

    /// Runs in steps; callbacks that come late, and some of money that no line shows, come after steps as it happens.
    /// Returns those that came before their line was judged, and those that came after it.
    private static func run(
        _ account: WorldAccount,
        _ world: BankDay,
        _ day: Day,
        _ between: Between,
        _ random: inout Seeded
    ) async throws -> (before: [Callback], after: [Callback]) {
        let noon = day.start.adding(seconds: 43_200)
        let strangers = (0..<2).map { ("X\(day)-\($0)", Int64($0 + 1) * 700, String?.none) }
        let coming = (world.late.map { ($0.id, $0.amount, $0.reference) } + strangers).shuffled(using: &random)
        let arrivals = Arrivals(coming, seed: random.next())
        between.set {
            guard let callback = arrivals.next() else { return }
            let isLate = try await account.services.database.query(
                """
                select exists (select 1 from line_outcome o join statement_line l on l.id = o.line_id
                        where l.transaction_id = \(callback.id))
                    or exists (select 1 from reconciliation_run where through = \(day.next)::date and finished_at is not null)
                """
            ).row().get(0, as: Bool.self)
            _ = try await account.settle(callback.id, callback.amount, callback.reference, at: noon)
            arrivals.came(callback, isLate: isLate)
        }
        _ = try await account.services.reconciliation.run(account: account.number, through: day.next, by: "test")
        between.set(nil)
        let rest = arrivals.rest
        try await settle(rest, by: account, at: noon)
        return (arrivals.before, arrivals.after + rest)
    }

    /// Callbacks on their way, and those that came.
    private final class Arrivals: Sendable {
        private struct State {
            var random: Seeded
            var coming: [Callback]
            var before: [Callback] = []
            var after: [Callback] = []
        }

        private let state: Mutex<State>

        init(_ coming: [Callback], seed: UInt64) {
            state = Mutex(State(random: Seeded(seed: seed), coming: coming))
        }

        func next() -> Callback? {
            state.withLock { state in state.random.chance(40) ? state.coming.popLast() : nil }
        }

        func came(_ callback: Callback, isLate: Bool) {
            state.withLock { state in
                if isLate { state.after.append(callback) } else { state.before.append(callback) }
            }
        }

        var rest: [Callback] { state.withLock(\.coming) }
        var before: [Callback] { state.withLock(\.before) }
        var after: [Callback] { state.withLock(\.after) }
    }
}
