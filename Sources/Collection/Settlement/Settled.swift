public import Settlement
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The result of a notice once it is written.
public struct Settled: Sendable, Hashable {
    public let outcome: NoticeOutcome
    public let reason: Reason
    public let paymentRequestID: UUID?
    /// The basket that it names, if it names no request.
    public let basketID: UUID?
    /// The id of the recorded notice; for a repetition, of the one recorded before.
    public let noticeID: Int64?
}
