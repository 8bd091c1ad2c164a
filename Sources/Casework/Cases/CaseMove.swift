public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A move of a case's money, worked out to the đồng.
public enum CaseMove: Sendable, Hashable {
    /// It pays the request that it was sent for.
    case accept(Share)
    /// It pays another request.
    case link(Share)
    /// The line confirms a payment that a notice has posted: the second posting is reversed.
    case confirmNotice(UnconfirmedPayment)
    /// The debit line is a refund that was executed.
    case confirmRefund(RefundLine)
    /// It pays several requests.
    case split([Share])
    /// It goes back.
    case refund(GoingBack)
    /// It is posted as a gain, or as a loss if it is negative.
    case writeOff(Money)

    /// The amount that one request receives.
    public struct Share: Sendable, Hashable {
        public let requestID: UUID
        public let reference: String
        public let amount: Money

        public init(requestID: UUID, reference: String, amount: Money) {
            self.requestID = requestID
            self.reference = reference
            self.amount = amount
        }
    }

    /// A refund that a debit line shows.
    public struct RefundLine: Sendable, Hashable {
        public let refundID: UUID
        /// What left the bank, positive.
        public let amount: Money

        public init(refundID: UUID, amount: Money) {
            self.refundID = refundID
            self.amount = amount
        }
    }

    /// A refund that two persons decide on in the case, so that it starts as approved.
    public struct GoingBack: Sendable, Hashable {
        public let amount: Money
        public let reason: String
        public let payee: RefundPayee

        public init(amount: Money, reason: String, payee: RefundPayee) {
            self.amount = amount
            self.reason = reason
            self.payee = payee
        }
    }

    public var action: CaseAction {
        switch self {
        case .accept: .accept
        case .link, .confirmNotice, .confirmRefund: .link
        case .split: .split
        case .refund: .refund
        case .writeOff: .writeOff
        }
    }

    /// What it uses of the case's money, with the sign of the amount held.
    public var uses: Money {
        switch self {
        case .accept(let share), .link(let share): share.amount
        case .confirmNotice(let payment): payment.amount
        case .confirmRefund(let line): -line.amount
        case .split(let shares): shares.map(\.amount).total()
        case .refund(let back): back.amount
        case .writeOff(let amount): amount
        }
    }

    /// What it pays to requests, in the order in which their rows are locked.
    public var shares: [Share] {
        switch self {
        case .accept(let share), .link(let share): [share]
        case .split(let shares): shares.sorted { $0.requestID.uuidString < $1.requestID.uuidString }
        case .confirmNotice, .confirmRefund, .refund, .writeOff: []
        }
    }

    /// The reason that describes what it does with the money of a case.
    public func reason(ofCase id: Int64) -> Reason {
        switch self {
        case .accept(let share), .link(let share):
            .casePaysRequest(id, reference: share.reference, amount: share.amount)
        case .confirmNotice(let payment):
            .caseConfirmsPayment(id, reference: payment.reference, amount: payment.amount)
        case .confirmRefund(let line):
            .caseConfirmsRefund(id, refund: line.refundID.uuidString.lowercased(), amount: line.amount)
        case .split(let shares): .casePaysRequests(id, requests: shares.count, total: shares.map(\.amount).total())
        case .refund(let back): .caseGoesBack(id, amount: back.amount)
        case .writeOff(let amount):
            amount < .zero ? .caseWrittenOffAsLoss(id, amount: -amount) : .caseWrittenOffAsGain(id, amount: amount)
        }
    }
}
