public import Values

/// A line of a statement that has no outcome yet.
public struct Line: Sendable, Hashable {
    public var id: Int64
    /// The bank's own id of the transfer, if the statement has one.
    public var transactionID: String?
    /// Positive for a credit.
    public var amount: Money
    public var bookedAt: Instant
    /// Our references found in it, in order.
    public var references: [String]
    public var memo: String
    public var counterpartyAccount: String
    /// Told to the person who decides about it; no pass looks at it.
    public var counterpartyName: String?
    /// Whether the statement is trusted: a line that a person uploaded pays nothing until another person has confirmed
    /// it.
    public var isTrusted: Bool

    public init(
        id: Int64,
        transactionID: String?,
        amount: Money,
        bookedAt: Instant,
        references: [String] = [],
        memo: String = "",
        counterpartyAccount: String = "",
        counterpartyName: String? = nil,
        isTrusted: Bool = true
    ) {
        self.id = id
        self.transactionID = transactionID
        self.amount = amount
        self.bookedAt = bookedAt
        self.references = references
        self.memo = memo
        self.counterpartyAccount = counterpartyAccount
        self.counterpartyName = counterpartyName
        self.isTrusted = isTrusted
    }

    /// The business day it was booked on.
    public var day: Day { bookedAt.day }
    public var isCredit: Bool { amount > .zero }
    /// Its transaction id and amount; `nil` without an id.
    public var key: LineKey? { transactionID.map { LineKey(transactionID: $0, amount: amount) } }

    /// The order in which lines are considered, independent of the order of import.
    public static func isServedBefore(_ left: Line, _ right: Line) -> Bool {
        if left.bookedAt != right.bookedAt { return left.bookedAt < right.bookedAt }
        let ids = (left.transactionID ?? "\u{10FFFF}", right.transactionID ?? "\u{10FFFF}")
        if ids.0 != ids.1 { return ids.0 < ids.1 }
        if left.memo != right.memo { return left.memo < right.memo }
        return left.id < right.id
    }
}
