public import Values

/// The totals of a whole statement.
public struct StatementSummary: Sendable, Hashable {
    /// The account as written in the file; `nil` if the file names none.
    public var account: String?
    /// ISO 4217; `nil` if the file names none and the accepted one was assumed.
    public var currency: String?
    /// The name of the mapping that fits the table; `nil` for other formats.
    public var layout: String?
    /// Where the mapping is kept that fits the table, if it is a stored one.
    public var storedMapping: Int64?
    public var lines = 0
    public var creditCount = 0
    public var credits = Money.zero
    public var debitCount = 0
    /// The total of the debits, as a positive amount.
    public var debits = Money.zero
    /// If the file states or implies both balances, the closing balance has been verified to be this plus the lines.
    public var openingBalance: Money?
    public var closingBalance: Money?
    /// The earliest and the latest business day on which a line was booked.
    public var firstDay: Day?
    public var lastDay: Day?
    /// Whether the file lists the newest line first.
    public var isNewestFirst = false
    /// Remarks that are not a reason to reject the file: skipped entries, a check that was not possible.
    public var notes: [Phrase] = []

    public init() {}

    /// Adds a line; returns `false` and adds nothing if the totals would leave the range of money.
    mutating func add(_ line: StatementLine) -> Bool {
        let (sum, overflow) = (line.amount > .zero ? credits : debits).dong
            .addingReportingOverflow(Int64(line.amount.dong.magnitude))
        guard !overflow, sum <= Self.maximumSum else { return false }
        lines += 1
        if line.amount > .zero {
            creditCount += 1
            credits = Money(sum)
        } else {
            debitCount += 1
            debits = Money(sum)
        }
        let day = line.bookedAt.day
        firstDay = firstDay.map { min($0, day) } ?? day
        lastDay = lastDay.map { max($0, day) } ?? day
        return true
    }

    /// Far below where sums and differences of sums could overflow.
    private static let maximumSum: Int64 = 1_000_000_000_000_000_000
}
