public import Values

/// What is wrong in a case; a subject has at most one case of each kind.
public enum CaseKind: String, Sendable, Hashable, CaseIterable {
    // Opened by settlement.
    case underpaid, overpaid, late
    case unknownReference = "unknown_reference"
    case otherAccount = "other_account"
    case conflict
    // Opened by reconciliation.
    case amountMismatch = "amount_mismatch"
    case duplicateLine = "duplicate_line"
    case unmatched
    case missingAtBank = "missing_at_bank"
    case statementGap = "statement_gap"
    // Opened by the daily look at what may be money taken by degrees.
    case alarm
    /// Opened when a day's file of the national payment platform does not say what the books say.
    case platformDifference = "platform_difference"

    /// What put money of a case into suspense. The database keeps the same list (`case_kind.held_by`).
    public enum Holder: String, Sendable, Hashable { case notice, line }

    /// `nil` for kinds that hold no money.
    public var heldBy: Holder? {
        switch self {
        case .overpaid, .late, .unknownReference, .otherAccount: .notice
        case .amountMismatch, .duplicateLine, .unmatched: .line
        case .underpaid, .conflict, .missingAtBank, .statementGap, .alarm, .platformDifference: nil
        }
    }

    /// How many days after it was opened a case should have ended; the database keeps the same list.
    public var dueDays: Int {
        switch self {
        case .conflict, .statementGap, .alarm, .platformDifference: 1
        case .missingAtBank: 2
        case .amountMismatch, .duplicateLine, .unmatched, .unknownReference, .otherAccount, .late: 3
        case .overpaid, .underpaid: 5
        }
    }
}

extension CaseKind: Worded {
    public var words: Phrase {
        switch self {
        case .underpaid: Phrase(vi: "nộp thiếu", en: "underpaid")
        case .overpaid: Phrase(vi: "nộp thừa", en: "overpaid")
        case .late: Phrase(vi: "nộp muộn", en: "late")
        case .unknownReference: Phrase(vi: "không rõ mã thanh toán", en: "unknown reference")
        case .otherAccount: Phrase(vi: "vào tài khoản khác", en: "other account")
        case .conflict: Phrase(vi: "thông báo mâu thuẫn", en: "conflicting notice")
        case .amountMismatch: Phrase(vi: "lệch số tiền", en: "amount mismatch")
        case .duplicateLine: Phrase(vi: "dòng sao kê trùng", en: "duplicate line")
        case .unmatched: Phrase(vi: "chưa xác định", en: "unmatched")
        case .missingAtBank: Phrase(vi: "ngân hàng chưa báo có", en: "missing at the bank")
        case .statementGap: Phrase(vi: "sao kê hụt quãng", en: "gap in statements")
        case .alarm: Phrase(vi: "dấu hiệu bất thường", en: "alarm")
        case .platformDifference: Phrase(vi: "lệch với nền tảng thanh toán", en: "differs from the platform")
        }
    }
}
