import FeeSchedule
public import Values

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
