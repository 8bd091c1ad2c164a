public import FeeSchedule
public import Postgres
public import Values

/// A rate in hundredths of a percent, half up; `nil` over nothing.
public struct Rate: Sendable, Hashable {
    public let hundredths: Int64?

    public init(_ part: Int64, of whole: Int64) {
        hundredths = whole > 0 ? Money(part).share(10_000, of: whole).dong : nil
    }

    /// `83.05`, two decimals always; `nil` over nothing.
    public var text: String? {
        hundredths.map { value in
            let fraction = value % 100
            return "\(value / 100).\(fraction < 10 ? "0" : "")\(fraction)"
        }
    }

    public var json: JSON { .optional(text) }
}

/// What was counted and summed for one row of the report.
public struct NonCashFigures: Sendable, Hashable {
    public var paid: Int64 = 0
    public var cash: Int64 = 0
    public var online: Int64 = 0
    public var amount = Money.zero
    public var cashAmount = Money.zero
    public var discount = Money.zero

    public init() {}

    public var nonCash: Int64 { paid - cash }
    public var nonCashAmount: Money { amount - cashAmount }

    mutating func add(_ other: NonCashFigures) {
        paid += other.paid
        cash += other.cash
        online += other.online
        amount += other.amount
        cashAmount += other.cashAmount
        discount += other.discount
    }

    mutating func add(channel: Channel, requests: Int64, amount: Money, discount: Money) {
        paid += requests
        self.amount += amount
        self.discount += discount
        if channel.isCash {
            cash += requests
            cashAmount += amount
        }
        if channel == .online { online += requests }
    }
}

/// The share of requests paid without cash, locality by locality.
public struct NonCashReport: Sendable {
    /// Which units an ended unit's payments stand under.
    public enum AsOf: String, Sendable, CaseIterable {
        /// The unit of the day they were paid.
        case recorded
        /// Its successor in force today.
        case current
    }

    public struct Question: Sendable {
        public var period: ReportPeriod
        public var level: Level
        /// The code of the locality whose subtree is asked for; `nil` for all.
        public var locality: String?
        public var asOf: AsOf

        public init(period: ReportPeriod, level: Level, locality: String?, asOf: AsOf) {
            self.period = period
            self.level = level
            self.locality = locality
            self.asOf = asOf
        }

        /// Reads the parameters as the API and the command line give them.
        public init(
            period: String?,
            from: String?,
            to: String?,
            basis: String?,
            level: String?,
            locality: String?,
            asOf: String?
        ) throws {
            func one<Value: RawRepresentable & CaseIterable>(
                _ text: String?,
                _ name: String,
                _ fallback: Value
            ) throws -> Value where Value.RawValue == String {
                guard let text else { return fallback }
                guard let value = Value(rawValue: text) else {
                    let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ServiceError(.invalidParameter, at: name, "\(name) must be one of \(known)")
                }
                return value
            }
            let basis = try one(basis, "basis", ReportPeriod.Basis.calendar)
            if let period {
                guard from == nil, to == nil else {
                    throw ServiceError(.invalidParameter, at: "period", "name a period, or from and to, not both")
                }
                self.period = try ReportPeriod(period, basis: basis)
            } else if let from, let to {
                guard let first = Day(from), let last = Day(to) else {
                    throw ServiceError(
                        .invalidParameter,
                        at: Day(from) == nil ? "from" : "to",
                        "must be a day that exists, as YYYY-MM-DD"
                    )
                }
                self.period = try ReportPeriod(from: first, to: last)
            } else {
                throw ServiceError(
                    .invalidParameter,
                    at: "period",
                    "name a period, such as \(ReportPeriod.forms), or from and to"
                )
            }
            self.level = try one(level, "level", Level.province)
            self.locality = locality
            self.asOf = try one(asOf, "as_of", AsOf.recorded)
        }
    }

    public struct Line: Sendable {
        /// `nil` for the total.
        public let unit: LocalityRow?
        public let figures: NonCashFigures
        /// The target of the locality for the year the period ends in, in hundredths of a percent.
        public let target: Int64?
        public let previous: Rate
    }

    public let question: Question
    public let generatedAt: Instant
    public let lines: [Line]
    public let total: Line
}

/// Reads the daily totals and rolls them up.
public struct Reports: Sendable {
    private let database: Database
    private let tariff: Tariff

    public init(_ database: Database, tariff: Tariff) {
        self.database = database
        self.tariff = tariff
    }

    /// One agency's day and channel, of all shards.
    private struct Cell {
        let segment: Day
        let agency: String
        let channel: Channel
        let requests: Int64
        let amount: Money
        let discount: Money
    }

    public func nonCash(_ question: NonCashReport.Question) async throws -> NonCashReport {
        let catalogue = try await tariff.current()
        let now = Instant.now()
        try check(question, catalogue.schedule, today: now.day)
        let previous = question.period.previous
        let (cells, before) = try await database.read { tx in
            (
                try Reports.cells(tx, question.period, catalogue), try Reports.cells(tx, previous, catalogue)
            )
        }
        let current = roll(cells, question, catalogue.schedule, today: now.day)
        let earlier = roll(before, question, catalogue.schedule, today: now.day)
        let year = question.period.to.components.year
        let targets = Dictionary(
            catalogue.schedule.targets.filter { $0.year == year && $0.indicator == .nonCash }.map {
                ($0.localityCode, $0.target)
            },
            uniquingKeysWith: { first, _ in first }
        )
        func rate(_ figures: NonCashFigures?) -> Rate { Rate(figures?.nonCash ?? 0, of: figures?.paid ?? 0) }
        let keys = Set(current.keys).union(earlier.keys).sorted()
        let lines = keys.compactMap { key -> NonCashReport.Line? in
            // A unit with nothing in this period has no row; what it had before is in the period before.
            guard let figures = current[key], figures.paid != 0, let unit = catalogue.schedule.localities[key] else {
                return nil
            }
            return NonCashReport.Line(
                unit: unit,
                figures: figures,
                target: targets[key.code],
                previous: rate(earlier[key])
            )
        }
        let total = NonCashReport.Line(
            unit: nil,
            figures: sum(current),
            target: question.locality.flatMap { targets[$0] },
            previous: rate(sum(earlier))
        )
        return NonCashReport(question: question, generatedAt: now, lines: lines, total: total)
    }

    private func sum(_ figures: [LocalityKey: NonCashFigures]) -> NonCashFigures {
        figures.values.reduce(into: NonCashFigures()) { $0.add($1) }
    }

    private func check(_ question: NonCashReport.Question, _ schedule: Schedule, today: Day) throws {
        if let code = question.locality {
            let units = schedule.localities.units(code: code)
            let span = Validity(from: question.period.from, to: question.period.to)
            guard !units.isEmpty else {
                throw ServiceError(.invalidParameter, at: "locality", "no locality has the code \(code.prefix(40))")
            }
            let bounds =
                question.asOf == .current
                ? Validity(from: question.period.from, to: max(question.period.to, today)) : span
            guard units.contains(where: { $0.validity.overlaps(bounds) }) else {
                let days = units.map { "\($0.validity.from) to \($0.validity.to?.description ?? "now")" }.joined(
                    separator: ", "
                )
                throw ServiceError(
                    .invalidParameter,
                    at: "locality",
                    "the locality \(code) did not exist in the period; it did \(days)"
                )
            }
        }
        if question.level == .district, question.asOf == .current || question.period.from > Day("2025-06-30")! {
            throw ServiceError(
                .invalidParameter,
                at: "level",
                "districts ended on 2025-06-30: use level=province or level=commune, or as_of=recorded with an earlier period"
            )
        }
    }

    /// The sums of a period, by agency and channel, in stretches of days on which no unit of administration changed, so
    /// that an agency's unit is one throughout each.
    private static func cells(
        _ tx: borrowing Transaction,
        _ period: ReportPeriod,
        _ catalogue: CatalogueInForce
    ) throws -> [Cell] {
        var starts: Set<Day> = [period.from]
        for row in catalogue.rows.localities {
            for day in [row.validity.from, row.validity.to?.next].compactMap({ $0 })
            where day > period.from && day <= period.to {
                starts.insert(day)
            }
        }
        let sorted = starts.sorted()
        let rows = try tx.query(
            """
            select (\(sorted)::date[])[width_bucket(paid_on, \(sorted)::date[])], agency_code, channel,
                sum(paid_requests)::bigint, sum(amount_total)::bigint, sum(discount_total)::bigint
            from daily_total where paid_on between \(period.from)::date and \(period.to)::date
            group by 1, 2, 3
            """
        )
        return try rows.map { row in
            let (segment, agency, channel, requests, amount, discount) = try row.decode(
                Day.self,
                String.self,
                String.self,
                Int64.self,
                Money.self,
                Money.self
            )
            return Cell(
                segment: segment,
                agency: agency,
                channel: Channel(rawValue: channel) ?? .online,
                requests: requests,
                amount: amount,
                discount: discount
            )
        }
    }

    private func roll(
        _ cells: [Cell],
        _ question: NonCashReport.Question,
        _ schedule: Schedule,
        today: Day
    ) -> [LocalityKey: NonCashFigures] {
        struct Place: Hashable {
            let segment: Day
            let agency: String
        }
        var places: [Place: LocalityKey?] = [:]
        var figures: [LocalityKey: NonCashFigures] = [:]
        for cell in cells {
            let place = Place(segment: cell.segment, agency: cell.agency)
            let key: LocalityKey?
            if let known = places[place] {
                key = known
            } else {
                key = unit(of: cell.agency, on: cell.segment, question, schedule, today: today)
                places[place] = key
            }
            guard let key else { continue }
            figures[key, default: NonCashFigures()].add(
                channel: cell.channel,
                requests: cell.requests,
                amount: cell.amount,
                discount: cell.discount
            )
        }
        return figures
    }

    /// The row an agency's payments of a day stand in; `nil` where they lie outside the locality asked for.
    private func unit(
        of agency: String,
        on day: Day,
        _ question: NonCashReport.Question,
        _ schedule: Schedule,
        today: Day
    ) -> LocalityKey? {
        guard let own = schedule.unit(ofAgency: agency, on: day) else { return nil }
        let localities = schedule.localities
        let (unit, reference) =
            question.asOf == .current
            ? (localities.successor(of: own, on: max(today, day)), max(today, day)) : (own, day)
        if let code = question.locality {
            guard localities.chain(of: unit, on: reference).contains(where: { $0.code == code }) else { return nil }
        }
        return localities.reported(unit, at: question.level, on: reference).localityKey
    }
}
