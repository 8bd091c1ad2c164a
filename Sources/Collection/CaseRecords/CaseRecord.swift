import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A case to open.
struct CaseRecord: Sendable {
    var kind: CaseKind
    var accountNumber: String?
    var agencyCode: String?
    var requestID: UUID?
    var noticeID: Int64?
    var lineID: Int64?
    var statementID: Int64?
    /// The conflicting content, for a case `conflict`: different content, or the same for another account, is another case.
    /// What an `alarm` is about.
    var contentHash: [UInt8]?
    /// The connection that brought the conflicting report, for a case `conflict`.
    var connectionID: Int32?
    var amount: Money
    var evidence: JSON
    var reason: Reason

    /// The member of the evidence that holds a conflicting message as received, sealed, in base64.
    static let sealedBody = "sealed_body"
}
