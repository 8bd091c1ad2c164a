import BankCallbacks
import Collection
import Logging
import ServiceLifecycle
import Synchronization
import Values
import Workflow

/// The national platform of a simulated month, whose payouts go to one account.
final class MonthPlatform: Sendable {
    private let platform: PlayedPlatform
    private let services: Services
    private let account: String

    private struct State {
        /// The payers that the platform did not take, and how the page said it.
        var refused: [Int: Int] = [:]
        /// The codes of which a payout is in a statement.
        var paidOut: Set<String> = []
        var files = 0
    }
    private let state = Mutex(State())

    static let connection = "month-platform"

    init(_ platform: PlayedPlatform, _ services: Services, account: String) {
        (self.platform, self.services, self.account) = (platform, services, account)
    }

    /// Payers press the button on their pages, pay, and the platform is asked until nothing waits.
    func pay(_ requests: [(open: PlayedDay.Open, token: String)], by month: SimulatedMonth) async throws {
        let http = HTTPCaller(baseURL: month.options.url)
        for request in requests {
            let answer = try await http.send(
                "POST",
                "/pay/\(request.token)/platform",
                headers: ["Sec-Fetch-Site": "same-origin", "Accept": "text/html"],
                body: []
            )
            state.withLock { $0.refused[answer.status, default: 0] += 1 }
        }
        // An hour of the month for a moment of ours, until evening: by then each was asked for.
        for _ in 0..<240 {
            try await Task.sleep(for: .milliseconds(100))
            if try await services.platform.payments.waiting().attempts == 0 { break }
            let later = Instant.now().adding(seconds: 120)
            guard later.day == Instant.now().adding(seconds: 7200).day else { continue }
            try month.clock.advance(to: later)
        }
    }

    /// What the platform paid out on a day and no statement has yet.
    func payouts(on day: Day) -> [PlayedTransfer] {
        let codes = platform.codes.filter { platform.transaction(of: $0) != nil }
        let fresh = state.withLock { state in codes.filter { state.paidOut.insert($0).inserted } }
        return fresh.compactMap { code in
            guard let attempt = platform.attempt(code), let transaction = platform.transaction(of: code) else {
                return nil
            }
            let payment = PlayedPayment(
                transactionID: transaction,
                amount: Money(attempt.amount),
                accountNumber: account,
                reference: code,
                memo: "CK \(code) THANH TOAN HO SO",
                occurredAt: .now()
            )
            return PlayedTransfer(
                kind: .onTime,
                payment: payment,
                payer: "NEN TANG THANH TOAN",
                payerAccount: "0100112437"
            )
        }
    }

    /// The day's file: one with a fault first, in turn, whose difference has to be found; then the right one, after which nothing
    /// may differ.
    func compare(_ day: Day, _ report: inout MonthReport) async throws {
        let file = platform.file(of: day.description.filter(\.isNumber))
        let number = state.withLock { state in
            state.files += 1
            return state.files - 1
        }
        let faults = PlantedFileFault.allCases
        let fault = faults[number % faults.count]
        if let planted = fault.planted(in: file) {
            let shown = try await bring(planted, of: day)
            let found = shown.differences.contains { $0.reason == fault.reason && $0.isCase }
            report.files[fault, default: .init()].planted += 1
            report.files[fault, default: .init()].named += found ? 1 : 0
            for finding in shown.differences {
                report.files[fault, default: .init()].outcomes[finding.reason.rawValue, default: 0] += 1
            }
            if !found { report.complain("platform file of \(day): \(fault.rawValue) was not named") }
        }
        let shown = try await bring(file, of: day)
        for finding in shown.differences {
            report.complain("platform file of \(day): \(finding.code) \(finding.reason.rawValue)")
        }
    }

    private func bring(_ file: String, of day: Day) async throws -> PlatformFileShown {
        try await services.platform.files.importFile(
            Array(file.utf8),
            connection: MonthPlatform.connection,
            day: day,
            name: "doi-soat-\(day).txt",
            by: .system
        ).shown
    }

    /// Whether each attempt came to what the platform did with it.
    func check(_ report: inout MonthReport) async throws {
        let states = try await PlayedOutcomes(services.database).attempts()
        for code in platform.codes {
            guard let mood = platform.mood(of: code) else { continue }
            let wanted = platform.transaction(of: code) == nil ? "failed" : "paid"
            let state = states[code] ?? "unknown"
            report.moods[mood, default: .init()].planted += 1
            report.moods[mood, default: .init()].outcomes[state, default: 0] += 1
            if state == wanted {
                report.moods[mood, default: .init()].named += 1
            } else {
                report.complain("platform, \(mood.rawValue): \(code) is \(state), not \(wanted)")
            }
        }
        // Those that INIT did not take are attempts that failed, which the platform does not know of.
        let unknown = states.filter { platform.mood(of: $0.key) == nil }
        let told = state.withLock { $0.refused.filter { $0.key != 200 }.values.reduce(0, +) }
        if unknown.values.contains("paid") || told != unknown.count {
            report.complain("platform: \(told) payers were sent back, \(unknown.count) attempts were refused")
        }
        report.moods[.refused] = .init(planted: told, named: unknown.count, outcomes: ["409": told])
        // Whoever was asked for three days in vain, after INIT was answered with a page, is a case that stays.
        let silent = Int64(states.values.count { $0 == "silent" })
        let open = try await services.platform.files.openDifferences()
        if open != silent { report.complain("platform: \(open) differences are open, \(silent) attempts are silent") }
    }
}

extension SimulatedMonth {
    /// Runs the platform on a port of its own while the month is lived.
    func withPlatform<Value>(
        at account: String,
        _ body: (MonthPlatform) async throws -> Value
    ) async throws -> Value {
        let secret = "the platform's secret \(UInt64.random(in: .min ... .max))"
        _ = try await services.connections.add(
            name: MonthPlatform.connection,
            profile: .nationalPlatform,
            account: account,
            secret: secret,
            signatureHeader: nil,
            merchant: "MONTH-DVC",
            by: .system
        )
        var played = PlayedPlatform.Options(partner: "MONTH-DVC", secret: secret)
        (played.shares, played.seed) = (SimulatedMonth.moods, options.seed)
        let platform = PlayedPlatform(played)
        var confirming = PlatformSimulator.Confirming(url: options.url + Connections.path(MonthPlatform.connection))
        (confirming.paysAtOnce, confirming.lateness) = (true, .milliseconds(500))
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let logger = Logger(label: "platform") { _ in SwiftLogNoOpLogHandler() }
        let application = PlatformSimulator.application(platform, confirming, port: 0, logger: logger) {
            port.yield($0)
        }
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [application], logger: logger))
        let running = Task { try await group.run() }
        var iterator = ports.makeAsyncIterator()
        let pages = "http://127.0.0.1:\(await iterator.next() ?? 0)"
        _ = try await services.platform.links.set(
            PlatformLinks.Draft(
                connection: MonthPlatform.connection,
                initURL: pages + "/init",
                queryURL: pages + "/query",
                billURL: pages + "/bill"
            ),
            by: .system
        )
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(MonthPlatform(platform, services, account: account)))
        } catch {
            result = .failure(error)
        }
        await group.triggerGracefulShutdown()
        try await running.value
        return try result.get()
    }

    /// Each often enough to happen in a small month, too.
    private static let moods: [PlatformMood: Int] = [
        .onTime: 50, .late: 8, .twice: 8, .silent: 8, .forged: 5, .halfDay: 5, .failed: 6, .refused: 3, .page: 3,
        .babble: 4,
    ]
}
