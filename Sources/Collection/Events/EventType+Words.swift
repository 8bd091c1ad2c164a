public import Values

extension EventType {
    /// What happened, for staff; programs go by the code.
    public var words: Phrase {
        switch self {
        case .requestPaid: Phrase(vi: "đã nộp đủ", en: "paid in full")
        case .requestPartiallyPaid: Phrase(vi: "đã nộp một phần", en: "paid in part")
        case .requestUnpaid: Phrase(vi: "lại chưa nộp: sao kê đã được gỡ", en: "unpaid again: its statement was undone")
        case .requestExpired: Phrase(vi: "hết hạn nộp", en: "expired")
        case .requestRefunded: Phrase(vi: "đã hoàn tiền", en: "refunded")
        case .requestOverpaid: Phrase(vi: "nộp thừa", en: "paid too much")
        case .basketPaid: Phrase(vi: "đã nộp đủ cả nhóm hồ sơ", en: "all of a basket paid")
        case .caseOpened: Phrase(vi: "mở vụ việc", en: "case opened")
        case .receiptIssued: Phrase(vi: "đã lập biên lai", en: "receipt issued")
        case .receiptCancelled: Phrase(vi: "biên lai bị thay thế", en: "receipt replaced by another")
        case .shiftClosed: Phrase(vi: "đóng ca thu", en: "shift closed")
        case .catalogueChanged: Phrase(vi: "biểu phí thay đổi", en: "tariff changed")
        }
    }
}
