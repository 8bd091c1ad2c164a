public import Collection
import FeeSchedule
public import Values

/// The leader's page: the rate and the target of each locality, the trend, what the period may end with, the points of
/// Decision 766, and what lifts the province most.
public struct RatesPage: ConsolePage {
    public static let template = "rates"
    public static let section: ConsoleSection? = .rates
    public static let keepsViews = true

    struct Choice: Sendable {
        let name: String
        let href: String
        let isChosen: Bool
    }

    struct Row: Sendable {
        let rank: String
        let name: String
        /// The communes of a province; `nil` for all else.
        let nameHref: String?
        let rate: String
        let target: String
        let badge: Badge?
        let previous: String
        let change: String
        let paid: String
        let paidHref: String?
        let cash: String
        let amount: String
        let href: String?
    }

    struct Indicator: Sendable {
        let name: String
        let what: String
        let counted: String
        let rate: String
        let points: String
        let maximum: String
        let forecast: String
    }

    struct Advice: Sendable {
        let name: String
        let why: String
        let gain: String
    }

    public let title: String
    let period: String
    /// The area that it is about; `nil` for all.
    let area: String?
    /// All areas, for whoever looks at one of them.
    let allHref: String?
    let periods: [Choice]
    let levels: [Choice]
    let bases: [Choice]
    let rate: String
    let rateTarget: String?
    let previous: String
    let paid: String
    let amount: String
    let chart: String
    let trend: String?
    let forecast: String?
    let rows: [Row]
    let hasRows: Bool
    let map: [Tile]
    let hasMap: Bool
    let legend: [String]
    let groups: [TileGroup]
    let hasGroups: Bool
    /// How many rows the table leaves to the workbook.
    let more: String?
    let indicators: [Indicator]
    let score: String
    let scoreForecast: String?
    let hasPoints: Bool
    let procedures: [Advice]
    let hasProcedures: Bool
    let places: [Advice]
    let hasPlaces: Bool
    let workbook: String

    private static let mostRows = 250

    /// What the page is made of.
    public struct Figures: Sendable {
        public let report: NonCashReport
        public let decision: Decision766
        public let trend: RateTrend
        public let forecast: RateTrend.Forecast?
        /// Of the points, by indicator; empty where nothing is forecast.
        public let points: [Decision766.Indicator.Name: Decision766.Forecast]

        public init(
            report: NonCashReport,
            decision: Decision766,
            trend: RateTrend,
            forecast: RateTrend.Forecast?,
            points: [Decision766.Indicator.Name: Decision766.Forecast] = [:]
        ) {
            self.report = report
            self.points = points
            self.decision = decision
            self.trend = trend
            self.forecast = forecast
        }
    }

    /// - Parameters:
    ///   - named: the periods to choose from.
    ///   - isBound: whether whoever looks sees this area and no other.
    public init(
        _ figures: Figures,
        periods named: [String],
        isBound: Bool = false,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        let report = figures.report
        let (question, total) = (report.question, report.total)
        title = word(vi: "Tỷ lệ thanh toán không dùng tiền mặt", en: "Paid without cash")
        let days = question.period.from.formatted + " – " + question.period.to.formatted
        area = report.area.map { word[$0.name] }
        allHref = question.locality == nil || isBound ? nil : RatesPage.address(question, level: .province, inAll: true)
        period = question.period.basis == nil ? days : word[question.period.name] + ": " + days
        func href(period: String? = nil, level: Level? = nil, asOf: NonCashReport.AsOf? = nil) -> String {
            RatesPage.address(question, period: period, level: level, asOf: asOf)
        }
        periods = named.map {
            Choice(name: word.period($0), href: href(period: $0), isChosen: $0 == question.period.label)
        }
        levels = [Level.province, .commune].map { level in
            Choice(
                name: level == .province ? word(vi: "cấp tỉnh", en: "provinces") : word(vi: "cấp xã", en: "communes"),
                href: href(level: level),
                isChosen: level == question.level
            )
        }
        bases = NonCashReport.AsOf.allCases.map { one in
            Choice(
                name: one == .recorded
                    ? word(vi: "theo đơn vị lúc thu", en: "as recorded")
                    : word(vi: "theo đơn vị hiện nay", en: "as units are now"),
                href: href(asOf: one),
                isChosen: one == question.asOf
            )
        }
        rate = RatesPage.percent(Rate(total.figures.nonCash, of: total.figures.paid), word)
        rateTarget = total.target.map { RatesPage.percent($0, word) }
        previous = RatesPage.percent(total.previous, word)
        paid = word.number(total.figures.paid)
        amount = word.money(total.figures.amount)
        let ranked = report.ranked
        chart = RatesPage.chart(ranked.filter { $0.figures.paid > 0 && !$0.isAboveLevel }, word)
        trend = RatesPage.trend(figures.trend, target: total.target, word)
        forecast = RatesPage.told(figures.forecast, word)
        rows = ranked.prefix(RatesPage.mostRows).enumerated().map { place, line in
            let isRanked = line.figures.paid > 0 && !line.isAboveLevel
            return RatesPage.row(line, rank: isRanked ? place + 1 : nil, question, word)
        }
        hasRows = !rows.isEmpty
        let left = ranked.count - rows.count
        more = left > 0 ? word(vi: "Còn \(left) dòng trong tệp XLSX.", en: "\(left) more rows in the XLSX.") : nil
        map = RatesPage.map(report, word)
        hasMap = !map.isEmpty
        legend = RatesPage.legend(word)
        groups = RatesPage.groups(report, word)
        hasGroups = !groups.isEmpty
        indicators = figures.decision.total.indicators.map { RatesPage.indicator($0, figures.points[$0.name], word) }
        hasPoints = !figures.points.isEmpty
        scoreForecast = Decision766.total(of: figures.points).map { RatesPage.told($0, word) }
        score = RatesPage.points(figures.decision.total.score, word)
        procedures = RatesPage.procedures(figures.decision, word)
        hasProcedures = !procedures.isEmpty
        places = RatesPage.places(report, word)
        hasPlaces = !places.isEmpty
        workbook = RatesPage.address(question, path: "/console/rates.xlsx")
    }

    /// - Parameters:
    ///   - locality: the area, if not the question's own; `inAll`: no area.
    static func address(
        _ question: NonCashReport.Question,
        path: String = "/console/rates",
        period: String? = nil,
        level: Level? = nil,
        asOf: NonCashReport.AsOf? = nil,
        locality: String? = nil,
        inAll: Bool = false
    ) -> String {
        let pairs: [(String, String?)] = [
            ("period", period ?? question.period.label), ("level", (level ?? question.level).rawValue),
            ("as_of", (asOf ?? question.asOf).rawValue), ("locality", inAll ? nil : locality ?? question.locality),
        ]
        return path + "?"
            + pairs.compactMap { name, value in value.map { name + "=" + $0.percentEncoded() } }.joined(separator: "&")
    }
}
