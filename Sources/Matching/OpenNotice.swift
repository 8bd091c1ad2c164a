public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A payment in the books that no line has confirmed yet: a callback that brought money to the account, or a counter
/// payment without cash.
public struct OpenNotice: Sendable, Hashable {
    public var id: Int64
    /// `nil` for a payment at a counter.
    public var connectionID: Int32?
    /// The bank's own id of the transfer; for a counter payment, the number on its slip.
    public var bankReference: String
    public var amount: Money
    /// The business day on which the money moved.
    public var day: Day
    public var requestID: UUID?
    /// The basket that it names, if it names no request.
    public var basketID: UUID?
    /// Whether an earlier run found it missing at the bank and opened its case.
    public var hasCase: Bool

    public init(
        id: Int64,
        connectionID: Int32?,
        bankReference: String,
        amount: Money,
        day: Day,
        requestID: UUID?,
        basketID: UUID? = nil,
        hasCase: Bool = false
    ) {
        self.id = id
        self.connectionID = connectionID
        self.bankReference = bankReference
        self.amount = amount
        self.day = day
        self.requestID = requestID
        self.basketID = basketID
        self.hasCase = hasCase
    }

    /// The request or the basket that it names.
    public var subjectID: UUID? { requestID ?? basketID }

    /// Whether a cashier entered it; its money is then in the agency's clearing account.
    public var isOfCounter: Bool { connectionID == nil }

    /// The transfer that it reports.
    public var key: LineKey { LineKey(transactionID: bankReference, amount: amount) }
}
