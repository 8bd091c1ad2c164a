public import Settlement
import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What became of a notice, once it is written.
public struct Settled: Sendable, Hashable {
    public let outcome: NoticeOutcome
    public let reason: Reason
    public let paymentRequestID: UUID?
    /// The notice as it is recorded; for a repetition, the one recorded before.
    public let noticeID: Int64?
}

/// What the settlement of one notice came to.
enum SettlementResult: Sendable {
    case settled(Settled)
    /// The request has expired and is within its grace period: the price of this day must be looked up, and the notice settled
    /// again. Nothing was recorded.
    case needsPrice(Day)
}
