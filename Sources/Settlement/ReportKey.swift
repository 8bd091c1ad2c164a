/// A report is identified by its issuer and the provider's id, whichever connection brings it.
public struct ReportKey: Sendable, Hashable {
    public let issuerID: Int32?
    public let transactionID: String

    public init(issuerID: Int32?, transactionID: String) {
        self.issuerID = issuerID
        self.transactionID = transactionID
    }
}
