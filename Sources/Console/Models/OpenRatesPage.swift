public import Collection
public import Values

/// The public face of the figures: one month, by locality, with what each figure means.
public struct OpenRatesPage: Sendable {
    struct Month: Sendable {
        let name: String
        let href: String
        let isChosen: Bool
    }

    let lang: String
    let otherLang: String
    let otherName: String
    let otherAddress: String
    let title: String
    /// Whose figures they are; `nil` for an installation of several provinces.
    let area: String?
    let period: String
    let months: [Month]
    let rate: String
    let paid: String
    let chart: String
    let rows: [RatesPage.Row]
    let definitions: [Fact]
    let csv: String
    let json: String

    /// - Parameter months: the months that are published, as `2026-11`, the latest first.
    public init(_ report: NonCashReport, months named: [String], in language: Language) {
        let word = Wording(language: language, now: report.generatedAt)
        let label = report.question.period.label
        let other: Language = language == .vietnamese ? .english : .vietnamese
        lang = language.rawValue
        otherLang = other.rawValue
        otherName = other == .english ? "English" : "Tiếng Việt"
        otherAddress = "/rates?period=\(label)&lang=\(other.rawValue)"
        area = report.area.map { word[$0.name] }
        title = word(vi: "Thanh toán không dùng tiền mặt", en: "Paid without cash")
        period = word(
            vi: "Từ \(report.question.period.from.formatted) đến \(report.question.period.to.formatted)",
            en: "From \(report.question.period.from.formatted) to \(report.question.period.to.formatted)"
        )
        months = named.map { Month(name: word.period($0), href: "/rates?period=\($0)", isChosen: $0 == label) }
        let total = report.total.figures
        rate = RatesPage.percent(Rate(total.nonCash, of: total.paid), word)
        paid = word.number(total.paid)
        let ranked = report.ranked
        chart = RatesPage.chart(ranked, word)
        rows = ranked.map { RatesPage.row($0, rank: nil, report.question, word) }
        definitions = OpenRatesPage.definitions(word)
        csv = "/rates.csv?period=\(label)"
        json = "/rates.json?period=\(label)"
    }

    private static func definitions(_ word: Wording) -> [Fact] {
        [
            Fact(
                word(vi: "Tỷ lệ", en: "Rate"),
                word(
                    vi:
                        "Số khoản phí, lệ phí đã thanh toán không bằng tiền mặt, trên tổng số khoản đã thanh toán trong tháng.",
                    en: "Fees and charges paid otherwise than in cash, of all that were paid in the month."
                )
            ),
            Fact(
                word(vi: "Đã thanh toán", en: "Paid"),
                word(
                    vi: "Số khoản nộp đủ trong tháng, theo ngày tiền đến; khoản được miễn không tính.",
                    en: "How many were paid in full in the month, by the day the money came; exemptions are left out."
                )
            ),
            Fact(
                word(vi: "Tiền mặt", en: "In cash"),
                word(
                    vi:
                        "Số khoản nộp bằng tiền mặt tại quầy (Nghị định 52/2024/NĐ-CP: các hình thức khác là không dùng tiền mặt).",
                    en:
                        "How many were paid in cash at a counter (Decree 52/2024/NĐ-CP: all other ways are without cash)."
                )
            ),
            Fact(
                word(vi: "Chỉ tiêu", en: "Target"),
                word(
                    vi: "Chỉ tiêu của năm do tỉnh giao; nơi chưa có chỉ tiêu riêng theo chỉ tiêu của tỉnh.",
                    en: "What the province asks for the year; where a place has none of its own, the province's."
                )
            ),
        ].compactMap { $0 }
    }
}
