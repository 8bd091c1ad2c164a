public import Values

/// What can be done about a case.
public enum CaseAction: String, Sendable, Hashable, CaseIterable {
    /// The money settles the request it was sent for, although it is late or of a different amount.
    case accept
    /// The money settles another request; a debit is a refund that was executed.
    case link
    /// The money settles several requests.
    case split
    /// The money goes back.
    case refund
    /// The bank is asked about it (tra soát); the case stays open.
    case askBank = "ask_bank"
    /// The money is posted as a gain or a loss.
    case writeOff = "write_off"
    /// Nothing more is to be done.
    case dismiss
    /// It was ended too early.
    case reopen

    /// Whether money moves, so that a second person must agree.
    public var movesMoney: Bool {
        switch self {
        case .accept, .link, .split, .refund, .writeOff: true
        case .askBank, .dismiss, .reopen: false
        }
    }
}

extension CaseAction: Worded {
    public var words: Phrase {
        switch self {
        case .accept: Phrase(vi: "nhận vào yêu cầu", en: "accept")
        case .link: Phrase(vi: "gắn vào yêu cầu", en: "link")
        case .split: Phrase(vi: "chia cho nhiều yêu cầu", en: "split")
        case .refund: Phrase(vi: "hoàn tiền", en: "refund")
        case .askBank: Phrase(vi: "tra soát", en: "inquiry to the bank")
        case .writeOff: Phrase(vi: "xử lý vào thu nhập, chi phí", en: "write off")
        case .dismiss: Phrase(vi: "kết thúc, không xử lý thêm", en: "dismiss")
        case .reopen: Phrase(vi: "mở lại", en: "reopen")
        }
    }
}
