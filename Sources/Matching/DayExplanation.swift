public import Values
public import Workflow

/// The bank's balance of an account at the end of a day, less that of the books, as items that add up to it.
///
/// It tells ``DayDifference`` from the bank's side, for people: an item is positive where the bank has more.
public struct DayExplanation: Sendable {
    /// What an item is about.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The books have a payment that the bank's statements do not show yet; it is in transit.
        case paymentNotAtBank = "payment_not_at_bank"
        /// The same, but its expected-by date has passed.
        case paymentMissingAtBank = "payment_missing_at_bank"
        /// The books have a payment that the bank's statements show on a later day.
        case paymentShownLater = "payment_shown_later"
        /// The statement shows a payment that the books have on a later day.
        case lineBookedLater = "line_booked_later"
        /// The statement shows a transaction a second time; nothing was posted for it.
        case lineRepeated = "line_repeated"
        /// No run has considered the line yet.
        case lineNotPlaced = "line_not_placed"
        /// A statement does not follow from those before it.
        case statementGap = "statement_gap"
        /// What the account held before its first line is in the books from a later day on, or not yet.
        case openingBalance = "opening_balance"

        init(_ code: Reason.Code) {
            switch code {
            case .missingAtBank: self = .paymentMissingAtBank
            case .shownLater: self = .paymentShownLater
            case .shownEarlier: self = .lineBookedLater
            case .repeatedLine: self = .lineRepeated
            case .notReconciled: self = .lineNotPlaced
            case .gapInStatements: self = .statementGap
            case .openingNotBooked: self = .openingBalance
            default: self = .paymentNotAtBank
            }
        }
    }

    /// One item, or the sum of the items of a kind that are not told one by one.
    public struct Item: Sendable, Hashable {
        public let kind: Kind
        public let reason: Reason
        /// The bank less the books.
        public let amount: Money
        /// What it is about; `nil` for a sum.
        public let source: DayDifference.Item?
    }

    public let accountNumber: String
    public let day: Day
    public let bank: Money
    public let books: Money
    /// In the order of day, notice and line; sums last.
    public let items: [Item]

    public var difference: Money { bank - books }
    /// What the items leave unexplained. Anything but 0 is a fault of the program.
    public var residual: Money { difference - items.map(\.amount).total() }

    /// - Parameter limit: how many items of a kind are told one by one; the others of that kind are summed.
    public init(
        accountNumber: String,
        day: Day,
        bank: Money,
        books: Money,
        items differences: [DayDifference.Item],
        limit: Int = .max
    ) {
        self.accountNumber = accountNumber
        self.day = day
        self.bank = bank
        self.books = books
        var items: [Item] = []
        var told: [Kind: Int] = [:]
        var others: [Kind: (count: Int, total: Money)] = [:]
        for item in differences {
            let kind = Kind(item.reason.code)
            if told[kind, default: 0] < limit {
                told[kind, default: 0] += 1
                items.append(Item(kind: kind, reason: item.reason, amount: -item.amount, source: item))
            } else {
                let sum = others[kind] ?? (0, .zero)
                others[kind] = (sum.count + 1, sum.total - item.amount)
            }
        }
        for kind in Kind.allCases {
            guard let (count, total) = others[kind] else { continue }
            items.append(Item(kind: kind, reason: .moreOfTheSame(count, total: total), amount: total, source: nil))
        }
        self.items = items
    }
}
