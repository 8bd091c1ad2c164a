public import Values

/// What completed a payment request.
public enum SettledBy: String, Sendable, Hashable, CaseIterable {
    /// A bank's or gateway's verified report.
    case notice
    /// A line of a statement that no notice had reported.
    case statement
    /// A cashier who took the money.
    case counter
    /// Two persons who decided about money in suspense.
    case caseDecision = "case"
    /// Reductions and discounts that left nothing of the price.
    case exemption
    /// Nothing was due from the start.
    case nothingDue = "nothing_due"
}

extension SettledBy: Worded {
    public var words: Phrase {
        switch self {
        case .notice: Phrase(vi: "thông báo của ngân hàng", en: "a bank's notice")
        case .statement: Phrase(vi: "sao kê", en: "a statement's line")
        case .counter: Phrase(vi: "thu tại quầy", en: "a counter")
        case .caseDecision: Phrase(vi: "xử lý vụ việc", en: "the decision of a case")
        case .exemption: Phrase(vi: "được miễn", en: "exemption")
        case .nothingDue: Phrase(vi: "không phải nộp", en: "nothing due")
        }
    }
}
