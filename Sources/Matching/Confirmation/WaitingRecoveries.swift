public import Values

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

/// A line that waits for confirmation, and what it would pay: at least one request.
public struct WaitingLine: Sendable, Hashable {
    public let line: Line
    /// The line's number in its file.
    public let number: Int32
    public let proposals: [Int64]
    /// What it would pay, one item for each proposal.
    public let payments: [LineDecision.Payment]

    public init(line: Line, number: Int32, proposals: [Int64], payments: [LineDecision.Payment]) {
        precondition(!payments.isEmpty && proposals.count == payments.count, "a line waits with what it would pay")
        self.line = line
        self.number = number
        self.proposals = proposals
        self.payments = payments
    }

    /// The amount of the line that waits in suspense.
    public var total: Money { payments.map(\.amount).total() }
}

/// A line that the second person turns down.
public struct Rejection: Sendable, Hashable {
    /// How the rejection names the line.
    public enum Name: Sendable, Hashable {
        case id(Int64)
        /// Its number in the file.
        case number(Int64)

        var value: Int64 {
            switch self {
            case .id(let id): id
            case .number(let number): number
            }
        }
    }

    public let line: Name
    public let why: String
    /// The pointer to it in the body, or the name of the option.
    public let pointer: String

    public init(line: Name, why: String, pointer: String) {
        self.line = line
        self.why = why
        self.pointer = pointer
    }
}
