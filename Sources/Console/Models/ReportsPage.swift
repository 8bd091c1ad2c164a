import Collection
public import Values

/// What can be asked: each report with what it answers and for whom, and the views that a person has kept.
public struct ReportsPage: ConsolePage {
    public static let template = "reports"
    public static let section: ConsoleSection? = .reports

    struct Entry: Sendable {
        let title: String
        let answers: String
        let readers: String
        let href: String
        let files: String
    }

    public let title: String
    let entries: [Entry]

    public init(in language: Language, now: Instant = .now()) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Báo cáo", en: "Reports")
        let leader = Entry(
            title: word(vi: "Trang của lãnh đạo", en: "The leader's page"),
            answers: word(
                vi: "Địa phương nào đạt, địa phương nào thiếu; xu hướng, dự báo, và việc nào nâng kết quả nhiều nhất?",
                en: "Who reaches the target and who does not; the trend, the forecast, and what lifts us most?"
            ),
            readers: word(vi: "lãnh đạo", en: "leaders"),
            href: ConsoleSection.rates.path,
            files: "XLSX"
        )
        let payments = Entry(
            title: word(vi: "Các khoản đã thanh toán", en: "Payments"),
            answers: word(
                vi: "Những khoản nào đã được trả trong tháng, từng khoản một?",
                en: "Which payments were made this month, one by one?"
            ),
            readers: word(vi: "kế toán, thanh tra", en: "accountants, inspectors"),
            href: ReportTable.Target.payments.rawValue
                + ReportAddress(["period": String(now.day.description.prefix(7))]).query,
            files: word(vi: "danh sách", en: "a list")
        )
        let remittances = Entry(
            title: word(vi: "Nộp ngân sách nhà nước", en: "Remittance to the State Treasury"),
            answers: word(
                vi: "Còn phải nộp kho bạc bao nhiêu, hạn nào, và các lệnh nộp đang ở đâu?",
                en: "What is to be remitted, by when, and where are the orders?"
            ),
            readers: word(vi: "kế toán, người duyệt", en: "accountants, approvers"),
            href: RemittancesPage.path,
            files: "CSV, XLSX, PDF"
        )
        entries =
            [leader, payments, remittances]
            + ConsoleReport.allCases.map { report in
                Entry(
                    title: word[report.title],
                    answers: word[report.answers],
                    readers: word[report.readers],
                    href: report.path,
                    files: report.isForm ? "CSV, XLSX, PDF" : "CSV, XLSX"
                )
            }
    }
}
