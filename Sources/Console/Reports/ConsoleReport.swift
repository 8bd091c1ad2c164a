public import Values

/// A report that has a page: what it answers, for whom, and what it is asked by.
///
/// The pages of all reports are made alike of what is declared here and of the tables that ``ReportTable`` makes of them.
public enum ConsoleReport: String, Sendable, CaseIterable {
    case rates = "non-cash-rates"
    case hours, collections, discounts, exemptions, decision766, receipts, days

    /// Where its page is; the files lie beside it, with their endings.
    public var path: String { "/console/reports/\(rawValue)" }

    /// What it is asked by, in the order of the form.
    var filters: [ReportFilter] {
        switch self {
        case .rates: [.period, .from, .to, .basis, .by, .level, .locality, .asOf]
        case .hours: [.period, .from, .to, .locality]
        case .collections, .discounts: [.period, .from, .to, .basis, .locality]
        case .exemptions: [.period, .from, .to, .basis, .level, .locality, .asOf]
        case .decision766: [.period, .level, .locality, .asOf]
        case .receipts: [.day, .agency]
        case .days: [.month]
        }
    }

    /// Whether it is a form that a director signs, and so a PDF too.
    public var isForm: Bool {
        switch self {
        case .rates, .collections, .discounts, .exemptions, .decision766: true
        case .hours, .receipts, .days: false
        }
    }

    public var title: Phrase {
        switch self {
        case .rates: Phrase(vi: "Tỷ lệ thanh toán không dùng tiền mặt", en: "The share paid without cash")
        case .hours: Phrase(vi: "Giờ nộp tiền", en: "When people pay")
        case .collections: Phrase(vi: "Số thu và nộp ngân sách", en: "Collections and the budget")
        case .discounts: Phrase(vi: "Miễn, giảm đã áp dụng", en: "What each rule cost")
        case .exemptions: Phrase(vi: "Hồ sơ miễn toàn bộ", en: "Exempted in full")
        case .decision766: Phrase(vi: "Điểm theo Quyết định 766", en: "The points of Decision 766")
        case .receipts: Phrase(vi: "Bảng tổng hợp biên lai trong ngày", en: "The receipts of a day")
        case .days: Phrase(vi: "Các ngày đối soát", en: "Days of reconciliation")
        }
    }

    /// What it answers.
    var answers: Phrase {
        switch self {
        case .rates:
            Phrase(
                vi:
                    "Bao nhiêu khoản được trả không dùng tiền mặt, so với chỉ tiêu: theo địa bàn, thủ tục, lĩnh vực, kênh?",
                en: "How many were paid without cash, against the target: by locality, procedure, field, channel?"
            )
        case .hours:
            Phrase(
                vi: "Người dân nộp tiền vào giờ nào, ngày nào trong tuần?",
                en: "At which hours of which weekdays do people pay?"
            )
        case .collections:
            Phrase(
                vi: "Mỗi cơ quan thu bao nhiêu của từng khoản, để lại bao nhiêu, nộp ngân sách bao nhiêu và khi nào?",
                en: "What did each agency collect of each fee, what does it keep, what goes to the budget, and when?"
            )
        case .discounts:
            Phrase(
                vi: "Mỗi căn cứ miễn, giảm đã làm giảm thu bao nhiêu?",
                en: "How much did each reduction and discount cost?"
            )
        case .exemptions:
            Phrase(
                vi: "Hồ sơ nào được miễn toàn bộ, theo căn cứ nào, số tiền không thu là bao nhiêu?",
                en: "Which requests were exempted in full, by which rule, and what was not collected?"
            )
        case .decision766:
            Phrase(
                vi: "Tỉnh được bao nhiêu điểm thanh toán trực tuyến, và thủ tục nào nâng điểm nhiều nhất?",
                en: "How many points for online payment, and which procedures lift them most?"
            )
        case .receipts:
            Phrase(
                vi: "Biên lai nào đã lập trong ngày (mẫu 01/TH-BLĐT, gửi cơ quan thuế)?",
                en: "Which receipts were issued on a day (form 01/TH-BLĐT, for the tax office)?"
            )
        case .days:
            Phrase(
                vi: "Ngày nào của tài khoản nào có sao kê, đã ký, còn vụ việc mở?",
                en: "Which days of which account have a statement, are signed, have open cases?"
            )
        }
    }

    /// Whom it is for.
    var readers: Phrase {
        switch self {
        case .rates, .decision766: Phrase(vi: "lãnh đạo, báo cáo tháng và quý", en: "leaders, monthly and quarterly")
        case .hours: Phrase(vi: "lãnh đạo, bố trí quầy", en: "leaders, staffing of counters")
        case .collections: Phrase(vi: "kế toán, kho bạc, báo cáo kỳ", en: "accountants, the treasury")
        case .discounts, .exemptions: Phrase(vi: "kế toán, thanh tra", en: "accountants, inspectors")
        case .receipts: Phrase(vi: "kế toán, cơ quan thuế, hằng ngày", en: "accountants, the tax office, daily")
        case .days: Phrase(vi: "kế toán trưởng, kiểm toán", en: "chief accountants, auditors")
        }
    }
}
