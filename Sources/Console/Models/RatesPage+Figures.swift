import Collection
import FeeSchedule
import Values

extension RatesPage {
    /// `83,05%` in Vietnamese, `83.05%` in English; a dash where nothing was paid.
    static func percent(_ rate: Rate, _ word: Wording) -> String {
        rate.text.map { (word.language == .vietnamese ? $0.replacing(".", with: ",") : $0) + "%" } ?? "—"
    }

    static func percent(_ hundredths: Int64, _ word: Wording) -> String { points(hundredths, word) + "%" }

    /// Hundredths with two places.
    static func points(_ hundredths: Int64, _ word: Wording) -> String {
        let size = hundredths.magnitude
        let text = (hundredths < 0 ? "−" : "") + "\(size / 100)." + (size % 100 < 10 ? "0" : "") + "\(size % 100)"
        return word.language == .vietnamese ? text.replacing(".", with: ",") : text
    }

    private static func rate(_ line: NonCashReport.Line) -> Int64? {
        Rate(line.figures.nonCash, of: line.figures.paid).hundredths
    }

    private static func name(_ line: NonCashReport.Line, _ word: Wording) -> String { word[line.name] }

    static func chart(_ lines: [NonCashReport.Line], _ word: Wording) -> String {
        let bars = lines.prefix(40).map { line in
            BarChart.Bar(
                name: name(line, word),
                value: rate(line),
                target: line.target,
                label: percent(Rate(line.figures.nonCash, of: line.figures.paid), word)
            )
        }
        guard !bars.isEmpty else { return "" }
        let title = word(
            vi: "Tỷ lệ theo địa phương; vạch là chỉ tiêu. Bảng bên dưới có cùng số liệu.",
            en: "The rate of each locality; the mark is its target. The table below says the same."
        )
        return BarChart(bars: Array(bars), title: title).svg
    }

    static func trend(_ trend: RateTrend, target: Int64?, _ word: Wording) -> String? {
        guard trend.months.count > 1 else { return nil }
        let points = trend.months.map { month in
            LineChart.Point(name: name(month, word), value: month.rate.hundredths, isRunning: isRunning(month, word))
        }
        let told = trend.months.map { name($0, word) + ": " + percent($0.rate, word) }
        return LineChart(
            points: points,
            target: target,
            title: word(vi: "Theo tháng: ", en: "By month: ") + told.joined(separator: "; ")
        ).svg
    }

    /// Whether a month is not over when the page is made.
    private static func isRunning(_ month: RateTrend.Stretch, _ word: Wording) -> Bool {
        let (one, today) = (month.from.components, word.now.day.components)
        return (one.year, one.month) == (today.year, today.month)
    }

    private static func name(_ month: RateTrend.Stretch, _ word: Wording) -> String {
        let name = String(month.from.formatted.dropFirst(3))
        return isRunning(month, word) ? name + word(vi: " (chưa hết)", en: " (so far)") : name
    }

    static func told(_ forecast: RateTrend.Forecast?, _ word: Wording) -> String? {
        guard let forecast else { return nil }
        let (expected, low, high) = (
            percent(forecast.expected, word), percent(forecast.low, word), percent(forecast.high, word)
        )
        return word(
            vi:
                "Dự báo cuối kỳ: \(expected) (8 phần 10 khả năng trong khoảng \(low) – \(high), nếu các tuần tới như 8 tuần qua).",
            en:
                "Expected at the end of the period: \(expected) (8 times in 10 between \(low) and \(high), if the weeks to come are like the last eight)."
        )
    }

    /// The payments of a row.
    static func href(
        _ line: NonCashReport.Line,
        _ question: NonCashReport.Question,
        counted: NonCashPayments.Counted
    ) -> String {
        var href =
            ReportTable.Target.payments.rawValue + "?period=" + question.period.label.percentEncoded()
            + "&level=\(question.level.rawValue)&as_of=\(question.asOf.rawValue)&counted=\(counted.rawValue)"
        if case .locality(let key) = line.key {
            href += "&row=\(key.code.percentEncoded())&row_valid_from=\(key.validFrom)"
        }
        return href + (question.locality.map { "&locality=" + $0.percentEncoded() } ?? "")
    }

    /// The communes of a row that stands for a province.
    static func communes(_ line: NonCashReport.Line, _ question: NonCashReport.Question) -> String? {
        guard question.level == .province, case .locality(let key) = line.key else { return nil }
        return address(question, level: .commune, locality: key.code)
    }

    /// - Parameter rank: its place among the units that had payments; `nil` for others.
    static func row(_ line: NonCashReport.Line, rank: Int?, _ question: NonCashReport.Question, _ word: Wording) -> Row
    {
        let now = rate(line)
        let change = now.flatMap { now in line.previous.hundredths.map { now - $0 } }
        var badge: Badge?
        if let isMet = line.isTargetMet {
            badge = isMet ? Badge(word(vi: "đạt", en: "met"), .done) : Badge(word(vi: "chưa đạt", en: "short"), .warn)
        }
        return Row(
            rank: rank.map { String($0) } ?? "–",
            name: name(line, word),
            nameHref: communes(line, question),
            rate: percent(Rate(line.figures.nonCash, of: line.figures.paid), word),
            target: line.target.map { percent($0, word) } ?? "—",
            badge: badge,
            previous: percent(line.previous, word),
            change: change.map { ($0 > 0 ? "+" : "") + points($0, word) } ?? "",
            paid: word.number(line.figures.paid),
            paidHref: line.figures.paid > 0 ? href(line, question, counted: .paid) : nil,
            cash: word.number(line.figures.cash),
            amount: word.money(line.figures.amount),
            href: line.figures.cash > 0 ? href(line, question, counted: .cash) : nil
        )
    }

    static func told(_ forecast: Decision766.Forecast, _ word: Wording) -> String {
        let (low, high) = (points(forecast.low, word), points(forecast.high, word))
        return word(
            vi:
                "Dự báo cuối kỳ: \(points(forecast.expected, word)) điểm (8 phần 10 khả năng trong khoảng \(low) – \(high)).",
            en:
                "Expected at the end of the period: \(points(forecast.expected, word)) points (8 times in 10 between \(low) and \(high))."
        )
    }

    static func indicator(_ one: Decision766.Indicator, _ forecast: Decision766.Forecast?, _ word: Wording) -> Indicator
    {
        let what: Phrase =
            switch one.name {
            case .feeData: Phrase(vi: "thủ tục có dữ liệu phí, lệ phí", en: "procedures with fee data")
            case .onlineProcedures:
                Phrase(vi: "thủ tục có thanh toán trực tuyến", en: "procedures with an online payment")
            case .onlineDossiers: Phrase(vi: "hồ sơ thanh toán trực tuyến", en: "dossiers paid online")
            }
        return Indicator(
            name: one.name.rawValue,
            what: word[what],
            counted: word.number(one.counted) + " / " + word.number(one.of),
            rate: percent(Rate(one.counted, of: one.of), word),
            points: one.score.map { points($0, word) } ?? "—",
            maximum: String(one.name.maximum),
            forecast: forecast.map {
                points($0.expected, word) + " (\(points($0.low, word)) – \(points($0.high, word)))"
            } ?? ""
        )
    }

    /// The steps that bring most, five or as many as the next tenth of a point takes, at most ten: each weighed after those
    /// before it.
    static func procedures(_ decision: Decision766, _ word: Wording) -> [Advice] {
        decision.plan.map { step in
            let one = step.procedure
            let missing = one.dossiersNeeded
            let why =
                one.dossiers == 0
                ? word(
                    vi: "chưa có hồ sơ nào: một hồ sơ trả trực tuyến là đủ",
                    en: "no dossier yet: one paid online is enough"
                )
                : word(
                    vi: "\(word.number(missing)) trong \(word.number(one.dossiers)) hồ sơ chưa trả trực tuyến",
                    en: "\(word.number(missing)) of \(word.number(one.dossiers)) dossiers not paid online"
                )
            let parts = Decision766.Indicator.Name.allCases.compactMap { name in
                one.gains[name].map { ($0 > 0 ? "+" : "") + points($0, word) + " " + name.rawValue }
            }
            let then = word(vi: "thành \(points(step.score, word))", en: "making \(points(step.score, word))")
            return Advice(
                name: one.code + " · " + word(vi: one.nameVi, en: one.nameEn ?? one.nameVi),
                why: why + " (" + parts.joined(separator: ", ") + "; " + then + ")",
                gain: "+" + points(one.gain, word)
            )
        }
    }

    /// The localities whose cash, paid without it, would bring the next tenth of a percent, the largest first; at most ten.
    static func places(_ report: NonCashReport, _ word: Wording) -> [Advice] {
        let paid = report.total.figures.paid
        guard paid > 0 else { return [] }
        var brought: Int64 = 0
        var advice: [Advice] = []
        for line in report.lines.sorted(by: { $0.figures.cash > $1.figures.cash }).prefix(10)
        where line.figures.cash > 0 && brought < 10 {
            let gain = Rate(line.figures.cash, of: paid).hundredths ?? 0
            brought += gain
            advice.append(
                Advice(
                    name: name(line, word),
                    why: word(
                        vi: "\(word.number(line.figures.cash)) khoản tiền mặt trong \(word.number(line.figures.paid))",
                        en: "\(word.number(line.figures.cash)) of \(word.number(line.figures.paid)) in cash"
                    ),
                    gain: "+" + points(gain, word) + word(vi: " điểm %", en: " percentage points")
                )
            )
        }
        return advice
    }
}
