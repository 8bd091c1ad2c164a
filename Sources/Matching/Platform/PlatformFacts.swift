public import Values

/// What a day's file of the national payment platform is held against: the books, and what the bank's statement shows.
public struct PlatformFacts: Sendable {
    /// A row of the file.
    public struct Row: Sendable, Hashable {
        /// From 1.
        public let number: Int
        public let code: String
        public let transaction: String
        public let amount: Money
        /// Whether the platform has it as paid.
        public let isPaid: Bool
        /// The field that could not be read.
        public let fault: String?

        public init(
            number: Int,
            code: String,
            transaction: String,
            amount: Money,
            isPaid: Bool,
            fault: String? = nil
        ) {
            (self.number, self.code, self.transaction) = (number, code, transaction)
            (self.amount, self.isPaid, self.fault) = (amount, isPaid, fault)
        }
    }

    /// What the bank's statement shows of a payment.
    public enum Bank: Sendable, Hashable, CaseIterable {
        case shown
        /// No statement was to show it yet.
        case awaited
        case missing
    }

    /// A payment that the platform reported, as it is in the books.
    public struct Payment: Sendable, Hashable {
        public let transaction: String
        /// The attempt that it paid; `nil` if the report named none.
        public let code: String?
        public let amount: Money
        public let bank: Bank
        /// Whether it was paid on the file's day. One of another day is here because a row names it.
        public let isOfDay: Bool
        /// Whether it was paid so late on the day that the platform may count it to the next.
        public let isLate: Bool

        public init(transaction: String, code: String?, amount: Money, bank: Bank, isOfDay: Bool, isLate: Bool) {
            (self.transaction, self.code, self.amount) = (transaction, code, amount)
            (self.bank, self.isOfDay, self.isLate) = (bank, isOfDay, isLate)
        }
    }

    public var day: Day
    public var rows: [Row]
    /// With transactions of their own.
    public var payments: [Payment]
    /// The codes of all attempts that rows name.
    public var attempts: Set<String>
    /// Transactions that files of other days have as paid.
    public var otherFiles: Set<String>
    /// Those of them that are of earlier days, which a row here repeats.
    public var earlierFiles: Set<String>
    /// Whether the next day's file is there.
    public var hasNextFile: Bool

    public init(
        day: Day,
        rows: [Row],
        payments: [Payment],
        attempts: Set<String>,
        otherFiles: Set<String> = [],
        earlierFiles: Set<String> = [],
        hasNextFile: Bool = false
    ) {
        (self.day, self.rows, self.payments, self.attempts) = (day, rows, payments, attempts)
        (self.otherFiles, self.earlierFiles, self.hasNextFile) = (otherFiles, earlierFiles, hasNextFile)
    }
}
