import FeeSchedule
public import Values

/// A rate in hundredths of a percent, rounded half up; `nil` if the base is 0.
public struct Rate: Sendable, Hashable {
    public let hundredths: Int64?

    public init(_ part: Int64, of whole: Int64) {
        hundredths = whole > 0 ? Money(part).share(10_000, of: whole).dong : nil
    }

    /// `83.05`, always with two decimals; `nil` if the base is 0.
    public var text: String? {
        hundredths.map { value in
            let fraction = value % 100
            return "\(value / 100).\(fraction < 10 ? "0" : "")\(fraction)"
        }
    }

    public var json: JSON { .optional(text) }
}

/// What was counted and summed for one row of the report.
public struct NonCashFigures: Sendable, Hashable {
    public var paid: Int64 = 0
    public var cash: Int64 = 0
    public var online: Int64 = 0
    public var amount = Money.zero
    public var cashAmount = Money.zero
    public var discount = Money.zero

    public init() {}

    public var nonCash: Int64 { paid - cash }
    public var nonCashAmount: Money { amount - cashAmount }

    mutating func add(_ other: NonCashFigures) {
        paid += other.paid
        cash += other.cash
        online += other.online
        amount += other.amount
        cashAmount += other.cashAmount
        discount += other.discount
    }

    mutating func add(channel: Channel, requests: Int64, amount: Money, discount: Money) {
        paid += requests
        self.amount += amount
        self.discount += discount
        if channel.isCash {
            cash += requests
            cashAmount += amount
        }
        if channel == .online { online += requests }
    }
}
