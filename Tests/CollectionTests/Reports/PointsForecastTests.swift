import PureSupport
import Testing
import Values

@testable import Collection

/// What the points of Decision 766 may be at the end of a period.
@Suite struct PointsForecastTests {
    private static let question = NonCashReport.Question(
        period: try! ReportPeriod("2026", basis: .calendar),
        level: .province,
        locality: nil,
        asOf: .recorded
    )

    /// A year in which every procedure has dossiers of its own frequency and share, week by week.
    private struct World {
        let chances: [(perWeek: Double, share: Double)]

        init(_ random: inout Seeded) {
            chances = (0..<Int.random(in: 4...25, using: &random)).map { _ in
                (Double.random(in: 0.01...12, using: &random), Double.random(in: 0.1...0.95, using: &random))
            }
        }

        /// How many dossiers came in a week by procedure.
        func week(_ random: inout Seeded) -> [Decision766.Tally] {
            chances.map { one in
                var tally = Decision766.Tally()
                // A binomial of forty draws is near enough to events that come independently.
                for _ in 0..<40 where Double.random(in: 0..<1, using: &random) < one.perWeek / 40 {
                    tally.add(1, Double.random(in: 0..<1, using: &random) < one.share ? 1 : 0)
                }
                return tally
            }
        }
    }

    private static func decision(_ tallies: [Decision766.Tally]) -> Decision766 {
        let named = Dictionary(uniqueKeysWithValues: tallies.enumerated().map { ("P\($0)", $1) })
        let priced = Set(named.keys)
        return Decision766(
            question: question,
            generatedAt: .now(),
            lines: [],
            total: .init(
                unit: nil,
                indicators: Decision766.indicators(named.filter { $0.value.dossiers > 0 }, priced: priced)
            ),
            procedures: named.map {
                .init(code: $0, nameVi: $0, hasFee: true, dossiers: $1.dossiers, paidOnline: $1.paidOnline)
            }
        )
    }

    /// The interval is to hold eight times in ten. Of two thousand worlds it may miss a few more than that: a share of a few weeks
    /// is known badly, and points are whole hundredths.
    @Test func `the points end within the interval about as often as it says`() {
        var random = Seeded("points")
        var (inside, all) = (0, 0)
        for _ in 0..<2000 {
            let world = World(&random)
            let before = (0..<12).map { _ in world.week(&random) }
            let left = Int.random(in: 1...20, using: &random)
            let after = (0..<left).map { _ in world.week(&random) }
            func sum(_ weeks: [[Decision766.Tally]]) -> [Decision766.Tally] {
                world.chances.indices.map { place in
                    weeks.reduce(into: Decision766.Tally()) { $0.add($1[place].dossiers, $1[place].paidOnline) }
                }
            }
            let late = before.suffix(8)
            let recent = Decision766.Recent(
                weeks: late.enumerated().map { place, week in
                    .init(
                        from: Day("2026-01-05")!.adding(days: 7 * place),
                        paid: week.reduce(0) { $0 + $1.dossiers },
                        nonCash: week.reduce(0) { $0 + $1.paidOnline }
                    )
                },
                procedures: Dictionary(
                    uniqueKeysWithValues: sum(Array(late)).enumerated().map { ("P\($0)", $1) }
                ),
                days: 56
            )
            let now = Self.decision(sum(before))
            let indicators = now.forecast(recent, days: 7 * left)
            guard let forecast = Decision766.total(of: indicators) else { continue }
            let end = Self.decision(sum(before + after)).total.score
            all += 1
            inside += (forecast.low...forecast.high).contains(end) ? 1 : 0
            #expect(forecast.low <= forecast.expected && forecast.expected <= forecast.high)
            for indicator in now.total.indicators where indicator.name != .onlineDossiers {
                // What has risen cannot fall.
                #expect((indicators[indicator.name]?.low ?? 0) >= (indicator.score ?? 0))
            }
        }
        #expect(all > 1800 && inside * 100 > all * 70, "\(random.seed): \(inside) of \(all)")
    }

    @Test func `what is over, or too little known, is not forecast`() {
        let now = Self.decision([.init(dossiers: 4, paidOnline: 2)])
        let weeks = (0..<8).map {
            RateTrend.Stretch(from: Self.question.period.from.adding(days: 7 * $0), paid: 2, nonCash: 1)
        }
        #expect(now.forecast(.init(weeks: weeks, procedures: [:], days: 56), days: 0).isEmpty)
        #expect(now.forecast(.init(weeks: Array(weeks.prefix(3)), procedures: [:], days: 56), days: 30).isEmpty)
        #expect(!now.forecast(.init(weeks: weeks, procedures: [:], days: 56), days: 30).isEmpty)
    }
}
