public import BankCallbacks
public import Collection
public import Values

/// A month of a province in which everything goes wrong that a bank, a gateway, the national platform and payers can
/// do: lived through day by day against a running server, and then held against what was planted.
///
/// Requests, statements, runs and files go through the use cases; banks, payers and the platform come over HTTP. The time
/// is moved on by a ``SimulatedClock``.
public struct SimulatedMonth: Sendable {
    /// How large it is.
    public struct Options: Sendable {
        /// 1 to as many as the catalogue has.
        public var accounts = 20
        public var days = 30
        public var payments = 200_000
        public var seed: UInt64 = 1
        /// Payments by the platform a day.
        public var platformPayments = 20
        /// Of the server, without a trailing slash.
        public var url: String

        public init(url: String) { self.url = url }
    }

    /// The banks' profiles, one after the other: those whose messages name the account.
    public static let profiles: [CallbackProfile] = [.standard, .casso, .timestamped, .rfc9421, .sepay]

    let services: Services
    let clock: SimulatedClock
    let options: Options
    let say: @Sendable (Phrase) -> Void
    /// The first day; the last is yesterday.
    let first: Day

    /// - Parameter say: told of each day.
    public init(
        _ services: Services,
        clock: SimulatedClock,
        _ options: Options,
        today: Day,
        say: @escaping @Sendable (Phrase) -> Void
    ) {
        (self.services, self.clock, self.options, self.say) = (services, clock, options, say)
        first = today.adding(days: -options.days)
    }

    /// Lives through it.
    ///
    /// - Returns: what happened, and whatever was not as it had to be.
    public func live() async throws -> MonthReport {
        try clock.advance(to: first.start.adding(seconds: 6 * 3600))
        var report = MonthReport()
        var places = try await SimulatedPlace.all(of: self)
        return try await withPlatform(at: places[0].number) { platform in
            for number in 0..<options.days {
                let day = first.adding(days: number)
                if number > 0 { try await morning(after: day.adding(days: -1), &places, platform, &report) }
                try await live(day, number, &places, platform, &report)
                say(
                    Phrase(
                        vi: "Ngày \(day.formatted): \(report.transfers) lần chuyển",
                        en: "\(day): \(report.transfers) transfers"
                    )
                )
            }
            let last = first.adding(days: options.days - 1)
            try await morning(after: last, &places, platform, &report)
            // What nobody brings by now is missing.
            try await check(places, platform, &report)
            return report
        }
    }

    /// One day: requests in the morning, money before noon, the platform in the afternoon.
    private func live(
        _ day: Day,
        _ number: Int,
        _ places: inout [SimulatedPlace],
        _ platform: MonthPlatform,
        _ report: inout MonthReport
    ) async throws {
        try clock.advance(to: day.start.adding(seconds: 9 * 3600))
        // The same number each day, what is left over on the first.
        let all = options.payments / options.days + (number == 0 ? options.payments % options.days : 0)
        let share = all / places.count
        for index in places.indices {
            let wanted = share + (index < all % places.count ? 1 : 0)
            places[index].open = try await places[index].ask(wanted, services)
        }
        let platformRequests = try await places[0].askWithTokens(options.platformPayments, services)
        try clock.advance(to: day.start.adding(seconds: 10 * 3600 + 1800))
        let now = Instant.now()
        for index in places.indices { places[index].plan(seed: options.seed &+ UInt64(number * 1000 + index), at: now) }
        let url = options.url
        let told = try await SimulatedMonth.together(places) { place in try await place.tellOnTime(to: url) }
        for (index, answers) in told.enumerated() { places[index].heard(answers) }
        try clock.advance(to: day.start.adding(seconds: 15 * 3600))
        try await platform.pay(platformRequests, by: self)
        places[0].pay(out: platform.payouts(on: day))
        report.transfers += places.reduce(0) { $0 + $1.day.count }
    }

    /// The next morning: statements of the day before, their runs, what banks told late, the platform's file, the
    /// explanation of each account's day.
    private func morning(
        after day: Day,
        _ places: inout [SimulatedPlace],
        _ platform: MonthPlatform,
        _ report: inout MonthReport
    ) async throws {
        try clock.advance(to: day.next.start.adding(seconds: 7 * 3600 + 1800))
        let services = self.services
        _ = try await SimulatedMonth.together(places) { place in
            try await place.bringStatement(of: day, services)
            _ = try await services.reconciliation.run(account: place.number, through: day, by: .system)
        }
        let url = options.url
        let told = try await SimulatedMonth.together(places) { place in try await place.tellLate(to: url) }
        for (index, answers) in told.enumerated() {
            places[index].heard(answers)
            places[index].endDay()
        }
        try await platform.compare(day, &report)
        for (account, residual) in try await services.explanations.residuals(on: day) where residual != .zero {
            report.complain("\(account), \(day): \(residual.dong) is not explained")
        }
    }

    /// Does the same for each place, some at once; returns the results in the order of the places.
    static func together<Value: Sendable>(
        _ places: [SimulatedPlace],
        _ work: @escaping @Sendable (SimulatedPlace) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            var results = [Value?](repeating: nil, count: places.count)
            var next = 0
            func begin() {
                guard next < places.count else { return }
                let (index, place) = (next, places[next])
                next += 1
                group.addTask { (index, try await work(place)) }
            }
            for _ in 0..<4 { begin() }
            while let (index, value) = try await group.next() {
                results[index] = value
                begin()
            }
            return results.compactMap(\.self)
        }
    }
}
