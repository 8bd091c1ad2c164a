public import Values
import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A payment that a notice brought into the books and that is on no statement yet.
public struct UnconfirmedPayment: Sendable, Hashable {
    public var noticeID: Int64
    public var requestID: UUID
    public var reference: String
    public var amount: Money

    public init(noticeID: Int64, requestID: UUID, reference: String, amount: Money) {
        self.noticeID = noticeID
        self.requestID = requestID
        self.reference = reference
        self.amount = amount
    }
}
