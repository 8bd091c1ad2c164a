public import Values

/// What may happen to a payment between the citizen and us.
public enum TransferKind: String, Sendable, CaseIterable {
    case onTime = "on-time"
    /// The bank tells of it after all others.
    case late
    /// The bank tells of it twice.
    case twice
    /// The bank tells of it before one that was made earlier.
    case outOfOrder = "out-of-order"
    /// A thousand đồng are missing, or half of it if it is less.
    case short
    /// A thousand đồng too much.
    case over
    /// One transfer for two requests, both named in its memo.
    case together
    /// The callback says that another account got the money; none of it is in the statement.
    case otherAccount = "other-account"
    /// The reference lost its last three characters on the way.
    case damaged
    /// The callback is signed with another secret; the money is in the statement.
    case forged
    /// No callback at all; the money is in the statement.
    case silent

    public var words: Phrase {
        switch self {
        case .onTime: Phrase(vi: "đúng lúc, đúng số tiền", en: "on time, the right amount")
        case .late: Phrase(vi: "báo trễ", en: "told late")
        case .twice: Phrase(vi: "báo hai lần", en: "told twice")
        case .outOfOrder: Phrase(vi: "báo sai thứ tự", en: "told out of order")
        case .short: Phrase(vi: "chuyển thiếu", en: "too little")
        case .over: Phrase(vi: "chuyển thừa", en: "too much")
        case .together: Phrase(vi: "một lần chuyển cho hai yêu cầu", en: "one transfer for two requests")
        case .otherAccount: Phrase(vi: "báo cho tài khoản khác", en: "told for another account")
        case .damaged: Phrase(vi: "mã tham chiếu bị cụt", en: "the reference cut short")
        case .forged: Phrase(vi: "chữ ký sai, tiền có trong sao kê", en: "wrongly signed, the money in the statement")
        case .silent: Phrase(vi: "im lặng, tiền có trong sao kê", en: "silence, the money in the statement")
        }
    }

    /// How often each happens where nobody says otherwise, in a hundred.
    public static let usual: [TransferKind: Int] = [
        .onTime: 80, .late: 3, .twice: 3, .outOfOrder: 3, .short: 2, .over: 1, .together: 1, .otherAccount: 1,
        .damaged: 2,
        .forged: 1, .silent: 3,
    ]
}
