public import Values

/// One line of a bank's statement.
public struct StatementLine: Sendable, Hashable {
    /// Where it stands in the file: the line for CSV, from 1.
    public var lineNumber: Int
    public var transactionID: String?
    public var bookedAt: Instant
    public var valueDate: Day?
    /// Positive for a credit, negative for a debit, never 0.
    public var amount: Money
    public var counterpartyName: String?
    public var counterpartyAccount: String?
    public var memo: String?
    /// The account's balance after the line.
    public var balance: Money?

    public init(
        lineNumber: Int, transactionID: String?, bookedAt: Instant, valueDate: Day?, amount: Money,
        counterpartyName: String?, counterpartyAccount: String?, memo: String?, balance: Money?
    ) {
        self.lineNumber = lineNumber
        self.transactionID = transactionID
        self.bookedAt = bookedAt
        self.valueDate = valueDate
        self.amount = amount
        self.counterpartyName = counterpartyName
        self.counterpartyAccount = counterpartyAccount
        self.memo = memo
        self.balance = balance
    }
}

/// What a whole statement comes to.
public struct StatementSummary: Sendable, Hashable {
    public var lines = 0
    public var creditCount = 0
    public var credits = Money.zero
    public var debitCount = 0
    /// As a positive amount.
    public var debits = Money.zero
    public var openingBalance: Money?
    public var closingBalance: Money?
    public var firstDay: Day?
    public var lastDay: Day?
    /// Whether the file lists the newest line first.
    public var isNewestFirst = false

    public init() {}
}

/// What was wrong with a line.
public struct StatementFault: Sendable, Hashable, CustomStringConvertible {
    public let line: Int
    public let field: String
    public let value: String
    public let reason: String

    public init(line: Int, field: String, value: String, reason: String) {
        self.line = line
        self.field = field
        self.value = String(value.prefix(80))
        self.reason = reason
    }

    public var description: String {
        "line \(line)" + (field.isEmpty ? "" : ", \(field)") + (value.isEmpty ? "" : " (\"\(value)\")") + ": \(reason)"
    }
}

/// A statement that is refused whole, with its faults up to a bound.
public struct StatementRejected: Error, Sendable, CustomStringConvertible {
    public let faults: [StatementFault]
    /// Whether there were more than are told.
    public let hasMore: Bool

    public static let maximumFaults = 100

    public init(faults: [StatementFault], hasMore: Bool = false) {
        self.faults = faults
        self.hasMore = hasMore
    }

    public var description: String {
        faults.map(\.description).joined(separator: "\n") + (hasMore ? "\n… and more" : "")
    }
}
