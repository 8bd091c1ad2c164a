import FeeSchedule
import Postgres
public import Values

#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

extension Decision766 {
    /// What the points of a period may be at its end, in hundredths of a point.
    public struct Forecast: Sendable, Hashable {
        public let expected: Int64
        /// Eight times in ten the points end between these, if the weeks to come are like those of late.
        public let low: Int64
        public let high: Int64
    }

    /// What came in the weeks of late.
    struct Recent: Sendable {
        /// Dossiers that something was owed for, and how many of them were paid online, by week.
        let weeks: [RateTrend.Stretch]
        /// The same over all of these weeks, by procedure.
        let procedures: [String: Tally]
        /// How many days that was.
        let days: Int
    }

    /// Forecasts each indicator and the points in all; empty if the period is over or too little is known of late.
    ///
    /// 3.6 goes on as the share of dossiers paid online went. 3.5a and 3.5b can only rise: a procedure that has no dossier (or no
    /// online payment) yet gets one if they come, independently, as often as of late.
    ///
    /// - Parameter days: how many days of the period are left.
    func forecast(_ recent: Recent, days: Int) -> [Indicator.Name: Forecast] {
        guard days > 0, let share = total.indicators.first(where: { $0.name == .onlineDossiers }),
            let rate = RateTrend.forecast(paid: share.of, nonCash: share.counted, days: days, weeks: recent.weeks)
        else { return [:] }
        func points(_ hundredths: Int64) -> Int64 {
            Indicator(name: .onlineDossiers, counted: hundredths, of: 10_000).score ?? 0
        }
        var all: [Indicator.Name: Forecast] = [
            .onlineDossiers: Forecast(
                expected: points(rate.expected),
                low: points(rate.low),
                high: points(rate.high)
            )
        ]
        for indicator in total.indicators where indicator.name != .onlineDossiers && indicator.of > 0 {
            all[indicator.name] = rising(indicator, recent, days: days)
        }
        return all
    }

    private func rising(_ indicator: Indicator, _ recent: Recent, days: Int) -> Forecast {
        var (mean, variance) = (0.0, 0.0)
        for procedure in procedures where procedure.hasFee {
            let isFees = indicator.name == .feeData
            guard (isFees ? procedure.dossiers : procedure.paidOnline) == 0 else { continue }
            let tally = recent.procedures[procedure.code] ?? Tally()
            let came = Double(isFees ? tally.dossiers : tally.paidOnline)
            // That at least one comes, where they come independently and how often is known from so many days alone (a gamma
            // distribution, Jeffreys' prior): what was not seen of late may come all the same.
            let none = pow(Double(recent.days) / Double(recent.days + days), came + 0.5)
            let chance = 1 - none
            mean += chance
            variance += chance * (1 - chance)
        }
        let spread = 1.2816 * variance.squareRoot()
        func points(_ more: Double) -> Int64 {
            let counted = min(Double(indicator.of), Double(indicator.counted) + max(0, more))
            return Indicator(name: indicator.name, counted: Int64((counted * 100).rounded()), of: indicator.of * 100)
                .score
                ?? 0
        }
        return Forecast(expected: points(mean), low: points(mean - spread), high: points(mean + spread))
    }

    /// The points in all. Indicators go their ways independently, so their spreads add up as squares do.
    public static func total(of indicators: [Indicator.Name: Forecast]) -> Forecast? {
        guard !indicators.isEmpty else { return nil }
        func spread(_ side: (Forecast) -> Int64) -> Int64 {
            Int64(indicators.values.reduce(0.0) { $0 + Double(side($1) * side($1)) }.squareRoot().rounded())
        }
        let expected = indicators.values.reduce(0) { $0 + $1.expected }
        let most = Indicator.Name.allCases.reduce(0) { $0 + $1.maximum * 100 }
        return Forecast(
            expected: expected,
            low: max(0, expected - spread { $0.expected - $0.low }),
            high: min(most, expected + spread { $0.high - $0.expected })
        )
    }
}

extension Reports {
    /// What the points of a period that is under way may be at its end; empty for another, and where too little is known of late.
    public func forecast(_ decision: Decision766, today: Day = Instant.now().day) async throws
        -> [Decision766.Indicator.Name: Decision766.Forecast]
    {
        let period = decision.question.period
        let left = Int(period.to.daysSinceEpoch - today.daysSinceEpoch)
        guard period.from <= today, left > 0 else { return [:] }
        let weeks = 8
        var question = decision.question
        question.period = try ReportPeriod(from: today.adding(days: -7 * weeks), to: today.previous)
        var places = try await ground(for: question).places
        let starts = (0..<weeks).map { question.period.from.adding(days: 7 * $0) }
        var byWeek = starts.map { _ in Decision766.Tally() }
        var byProcedure: [String: Decision766.Tally] = [:]
        for came in try await dossiersCame(in: question.period, starts).value {
            guard places.unit(of: came.agency, stretch: came.stretch) != nil,
                let week = starts.firstIndex(of: came.stretch)
            else { continue }
            byWeek[week].add(came.tally)
            byProcedure[came.procedure, default: .init()].add(came.tally)
        }
        let stretches = zip(starts, byWeek).map {
            RateTrend.Stretch(from: $0, paid: $1.dossiers, nonCash: $1.paidOnline)
        }
        return decision.forecast(
            .init(weeks: Array(stretches), procedures: byProcedure, days: 7 * weeks),
            days: left
        )
    }
}
