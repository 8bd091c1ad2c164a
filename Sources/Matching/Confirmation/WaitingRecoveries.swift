public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What of a statement waits for another person, and the requests that it would pay as they stand now.
public struct WaitingRecoveries: Sendable {
    public let statementID: Int64
    public let accountNumber: String
    /// Who imported the statement, as persons are compared.
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
    /// Of the line, in its file.
    public let number: Int32
    public let proposals: [Int64]
    /// What it would pay, proposal by proposal.
    public let payments: [LineDecision.Payment]

    public init(line: Line, number: Int32, proposals: [Int64], payments: [LineDecision.Payment]) {
        precondition(!payments.isEmpty && proposals.count == payments.count, "a line waits with what it would pay")
        self.line = line
        self.number = number
        self.proposals = proposals
        self.payments = payments
    }

    /// What of the line waits in suspense.
    public var total: Money { payments.map(\.amount).total() }
}

/// A line that the second person turns down.
public struct Rejection: Sendable, Hashable {
    /// How the line is named.
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
    /// Where it stands in the body, or the name of the option.
    public let pointer: String

    public init(line: Name, why: String, pointer: String) {
        self.line = line
        self.why = why
        self.pointer = pointer
    }
}
