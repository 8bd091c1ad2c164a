public import Values

/// How long what is kept for a time is kept.
public struct RetentionTimes: Sendable, Hashable {
    /// Days that callbacks are kept as they were received.
    public var rawDays: Int64 = 400
    /// Days that answers are kept for their Idempotency-Key.
    public var answerDays: Int64 = 400
    /// Days that ended sessions are kept, with their addresses.
    public var sessionDays: Int64 = 400
    /// Days that payers' addresses for news are kept.
    public var contactDays: Int64 = 90
    /// Years after which texts and names leave the books; the amounts stay.
    public var bookYears: Int64 = 10

    /// What each may be. The law sets the least of the books; the least of callbacks lets a bank's question be answered.
    public static let rawDaysRange: ClosedRange<Int64> = 31...3660
    public static let answerDaysRange: ClosedRange<Int64> = 7...3660
    public static let sessionDaysRange: ClosedRange<Int64> = 31...3660
    public static let contactDaysRange: ClosedRange<Int64> = 31...3660
    public static let bookYearsRange: ClosedRange<Int64> = 10...100

    public init() {}

    /// Before when something is over.
    public struct Ends: Sendable, Hashable {
        public let raw: Instant
        public let answers: Instant
        public let sessions: Instant
        public let contacts: Instant
        public let books: Instant
    }

    /// - Parameter now: the time that they are counted back from. A year counts 366 days, so that nothing goes too early.
    public func ends(at now: Instant) -> Ends {
        func back(_ days: Int64) -> Instant { now.adding(seconds: -days * 86_400) }
        return Ends(
            raw: back(rawDays),
            answers: back(answerDays),
            sessions: back(sessionDays),
            contacts: back(contactDays),
            books: back(bookYears * 366)
        )
    }
}
