import Postgres
public import Values

/// How the share of payments without cash has gone: by month, and week by week of late, with what the end of a period may be.
public struct RateTrend: Sendable {
    /// What was paid in a stretch of days.
    public struct Stretch: Sendable, Hashable {
        public let from: Day
        public let paid: Int64
        public let nonCash: Int64

        public init(from: Day, paid: Int64, nonCash: Int64) {
            self.from = from
            self.paid = paid
            self.nonCash = nonCash
        }

        public var rate: Rate { Rate(nonCash, of: paid) }
    }

    /// Calendar months, in the order of time.
    public let months: [Stretch]
    /// Weeks that end with yesterday, in the order of time.
    public let weeks: [Stretch]

    /// What a period's rate may be at its end: so far what was paid, from now on as in the weeks of late.
    public struct Forecast: Sendable, Hashable {
        /// In hundredths of a percent.
        public let expected: Int64
        /// Eight times in ten the rate ends between these, if the weeks to come differ as those of late did.
        public let low: Int64
        public let high: Int64
    }

    /// Forecasts the rate at the end of a period; `nil` if it is over, or if fewer than four weeks had payments.
    ///
    /// - Parameters:
    ///   - paid: how many requests were paid in the period so far; `nonCash` of them without cash.
    ///   - days: how many days of the period are left.
    public static func forecast(paid: Int64, nonCash: Int64, days: Int, weeks: [Stretch]) -> Forecast? {
        let weeks = weeks.filter { $0.paid > 0 }
        guard days > 0, weeks.count >= 4 else { return nil }
        let (all, without) = (weeks.reduce(0) { $0 + $1.paid }, weeks.reduce(0) { $0 + $1.nonCash })
        let mean = Double(without) / Double(all)
        let differences = weeks.map { week in
            let difference = Double(week.nonCash) / Double(week.paid) - mean
            return difference * difference
        }
        let deviation = (differences.reduce(0, +) / Double(weeks.count - 1)).squareRoot()
        // The mean of the weeks to come differs the less the more of them there are, and that of those of late is not known
        // exactly either. 1.415 holds eight times in ten where eight weeks tell of the deviation (Student's t).
        let weeksLeft = max(1, Double(days) / 7)
        let spread = 1.415 * deviation * (1 / weeksLeft + 1 / Double(weeks.count)).squareRoot()
        let coming = Double(all) / Double(weeks.count) * Double(days) / 7
        func ends(_ rate: Double) -> Int64 {
            let share = (Double(nonCash) + coming * min(1, max(0, rate))) / (Double(paid) + coming)
            return Int64((share * 10_000).rounded())
        }
        return Forecast(expected: ends(mean), low: ends(mean - spread), high: ends(mean + spread))
    }
}

extension Reports {
    /// The first day on which something was paid; `nil` before it.
    public func firstDay() async throws -> Day? {
        try await reading.read { tx in
            try tx.query("select min(paid_on) from daily_total where paid_requests > 0").row().get(0, as: Day?.self)
        }.value
    }

    /// The months up to today's and the last eight weeks, of some agencies.
    ///
    /// - Parameters:
    ///   - agencies: only these; `nil` for all.
    ///   - months: how many, at most 36.
    public func trend(of agencies: [String]?, months: Int = 13, today: Day = Instant.now().day) async throws
        -> RateTrend
    {
        let months = Int32(max(1, min(months, 36)))
        let weekly = today.adding(days: -56)
        return try await reading.read { tx in
            let byMonth = try tx.query(
                """
                select date_trunc('month', paid_on)::date, sum(paid_requests)::bigint,
                    coalesce(sum(paid_requests) filter (where channel <> 'counter_cash'), 0)::bigint
                from daily_total
                where paid_on >= (date_trunc('month', \(today)::date) - make_interval(months => \(months)::integer - 1))::date
                    and paid_on <= \(today)::date
                    and (\(agencies)::text[] is null or agency_code = any(\(agencies)::text[]))
                group by 1 having sum(paid_requests) > 0 order by 1
                """
            )
            let byWeek = try tx.query(
                """
                select \(weekly)::date + (paid_on - \(weekly)::date) / 7 * 7, sum(paid_requests)::bigint,
                    coalesce(sum(paid_requests) filter (where channel <> 'counter_cash'), 0)::bigint
                from daily_total
                where paid_on >= \(weekly)::date and paid_on < \(today)::date
                    and (\(agencies)::text[] is null or agency_code = any(\(agencies)::text[]))
                group by 1 order by 1
                """
            )
            func stretch(_ row: Row) throws -> RateTrend.Stretch {
                RateTrend.Stretch(from: try row.get(0), paid: try row.get(1), nonCash: try row.get(2))
            }
            return RateTrend(months: try byMonth.map(stretch), weeks: try byWeek.map(stretch))
        }.value
    }
}
