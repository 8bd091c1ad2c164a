import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The waiting lines of a statement, and the current state of the requests that they would pay.
public struct WaitingRecoveries: Sendable {
    public let statementID: Int64
    public let accountNumber: String
    /// The id of the importer, by which persons are compared.
    public let importedBy: String
    /// In the order in which they were proposed.
    public let lines: [WaitingLine]
    public let requests: [UUID: MatchingFacts.Request]

    public init(
        statementID: Int64,
        accountNumber: String,
        importedBy: String,
        lines: [WaitingLine],
        requests: [UUID: MatchingFacts.Request]
    ) {
        self.statementID = statementID
        self.accountNumber = accountNumber
        self.importedBy = importedBy
        self.lines = lines
        self.requests = requests
    }
}
