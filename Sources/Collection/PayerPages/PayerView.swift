public import Casework
public import Values
public import Workflow

/// A payment request as its payer sees it.
public struct PayerView: Sendable {
    /// A refund, without whom it is paid to.
    public struct Refund: Sendable, Hashable {
        public let amount: Money
        public let state: RefundState
        /// Whether it is handed over instead of sent to an account.
        public let isPaidByHand: Bool
        /// When the file that tells the bank to pay it was taken, or when the bank paid it; `nil` before.
        public let on: Day?
        /// The bank day by which it should be in the payee's account, while it is under way.
        public let expectedBy: Day?
    }

    /// Money that arrived and waits for a decision.
    public struct Held: Sendable, Hashable {
        /// Why it did not count; of several reasons the one that a payer needs first.
        public enum Reason: Sendable, Hashable {
            /// Another code for the same had been paid already.
            case paidElsewhere
            /// The request had expired or been cancelled.
            case late
            case otherAccount
            /// It came by the code of a basket that the request is in; the amount is that of the whole basket.
            case basket
        }

        /// In all, for whatever reason.
        public let amount: Money
        public let reason: Reason

        public init(amount: Money, reason: Reason) { (self.amount, self.reason) = (amount, reason) }
    }

    /// Whether whoever takes more money for it should know of other money first.
    public var isPaidOtherwise: Bool { held != nil || isSuccessorPaid }

    /// Whether the portal has been told of the payment.
    public enum PortalWord: Sendable, Hashable {
        /// It has not asked to be told, or nothing was paid.
        case none
        case awaited, confirmed
    }

    public let request: PaymentRequest
    public let state: PayerState
    /// What arrived for it but did not count; `nil` if nothing did.
    public let held: Held?
    /// What arrived in excess of the amount due and has not gone back.
    public let excess: Money
    public let refunds: [Refund]
    /// The bank's own id of the transfer that paid it; `nil` if no bank told of it.
    public let bankTransaction: String?
    public let portal: PortalWord
    /// The token of a newer request for the same, if that can be paid or has been.
    public let successor: String?
    public let isSuccessorPaid: Bool
    /// The token of the older request whose payment, which came after all, ended this one; `nil` if none did.
    public let paidFormer: String?

    /// What has gone back of what was received for it, or is about to.
    public var backOfReceived: Money {
        switch request.status {
        case .pending, .expired: request.feeRefundClaimed
        case .paid, .cancelled, .partiallyRefunded, .refunded: request.amountRefunded
        }
    }
}
