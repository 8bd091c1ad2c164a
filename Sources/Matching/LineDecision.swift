public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What was decided about one line.
public struct LineDecision: Sendable, Hashable {
    public var lineID: Int64
    public var outcome: LineOutcome
    /// The pass that decided.
    public var pass: PassName
    public var reason: Reason
    /// The notice that the line confirms.
    public var noticeID: Int64?
    /// The other notices that it confirms, if it is a payout.
    public var groupedNotices: [Int64] = []
    public var requestID: UUID?
    /// What a recovered line pays, by request in the order of its references.
    public var payments: [Payment] = []
    /// Whether it is a recovery that waits for another person; until then its money is in suspense.
    public var awaitsConfirmation = false
    /// The part of the line that goes to suspense; negative if it comes out of suspense.
    public var suspense = Money.zero
    /// The gateway fee kept from a payout.
    public var gatewayFee = Money.zero
    /// The refund that left the bank.
    public var refundID: UUID?
    /// The order to the Treasury that left the bank.
    public var remittanceID: Int64?

    /// What a line pays of one request.
    public struct Payment: Sendable, Hashable {
        public let requestID: UUID
        public let reference: String
        public let amount: Money

        public init(requestID: UUID, reference: String, amount: Money) {
            self.requestID = requestID
            self.reference = reference
            self.amount = amount
        }
    }

    init(_ line: Line, _ outcome: LineOutcome, _ pass: PassName, _ reason: Reason) {
        lineID = line.id
        self.outcome = outcome
        self.pass = pass
        self.reason = reason
    }
}
