/// A report is identified by its connection and the provider's id.
public struct ReportKey: Sendable, Hashable {
    public let connectionID: Int32?
    public let transactionID: String

    public init(connectionID: Int32?, transactionID: String) {
        self.connectionID = connectionID
        self.transactionID = transactionID
    }
}
