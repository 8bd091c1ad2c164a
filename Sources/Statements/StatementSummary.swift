public import Values

/// What a whole statement comes to.
public struct StatementSummary: Sendable, Hashable {
    /// The account the file names, as it writes it; `nil` where it names none.
    public var account: String?
    /// ISO 4217; `nil` where the file names none and the accepted one was taken for granted.
    public var currency: String?
    /// The bank's layout that the table was found to have, by its mapping's name; `nil` for other formats.
    public var layout: String?
    public var lines = 0
    public var creditCount = 0
    public var credits = Money.zero
    public var debitCount = 0
    /// As a positive amount.
    public var debits = Money.zero
    /// Where the file tells or implies both balances, the closing one has been found to be this plus the lines.
    public var openingBalance: Money?
    public var closingBalance: Money?
    /// The earliest and the latest business day a line was booked on.
    public var firstDay: Day?
    public var lastDay: Day?
    /// Whether the file lists the newest line first.
    public var isNewestFirst = false
    /// What people should know about the reading and no reason to refuse it: entries passed over, a check not possible.
    public var notes: [Phrase] = []

    public init() {}

    /// Counts a line; `false`, and counts nothing, where the sums would leave the range of money.
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

    /// Far from where sums and differences of sums could trap.
    private static let maximumSum: Int64 = 1_000_000_000_000_000_000
}
