public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A refund in cash that waits to be handed out of a drawer.
public struct Handout: Sendable, Hashable {
    /// Of the refund.
    public let id: UUID
    /// The end-to-end id, as it stands on papers: `KHR…`.
    public let mark: String
    /// `nil` where it is a case's money, of no request.
    public let dossierCode: String?
    public let payerName: String?
    public let amount: Money

    public init(id: UUID, mark: String, dossierCode: String?, payerName: String?, amount: Money) {
        (self.id, self.mark, self.amount) = (id, mark, amount)
        (self.dossierCode, self.payerName) = (dossierCode, payerName)
    }
}
