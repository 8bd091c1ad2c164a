public import Values
public import Workflow

/// Why books and bank differ at the end of a day: items that add up to the difference.
public struct DayDifference: Sendable {
    /// One item; its amount is the books minus the bank.
    public struct Item: Sendable, Hashable {
        public let reason: Reason
        public let amount: Money
        public let bookedOn: Day
        public let noticeID: Int64?
        public let lineID: Int64?
        /// The transaction, the memo or the file that identifies it to a person.
        public let detail: String
    }

    /// Money that a notice brought into the books, and the line that confirmed it.
    public struct BookedNotice: Sendable {
        public let id: Int64
        public let amount: Money
        public let bookedOn: Day
        public let transaction: String
        public let shownBy: (line: Int64, day: Day)?

        public init(id: Int64, amount: Money, bookedOn: Day, transaction: String, shownBy: (line: Int64, day: Day)?) {
            self.id = id
            self.amount = amount
            self.bookedOn = bookedOn
            self.transaction = transaction
            self.shownBy = shownBy
        }
    }

    /// A line that posted nothing: a repeated one, or one that no run has looked at.
    public struct SilentLine: Sendable {
        public let id: Int64
        public let amount: Money
        public let day: Day
        public let detail: String
        public let isRepeated: Bool

        public init(id: Int64, amount: Money, day: Day, detail: String, isRepeated: Bool) {
            self.id = id
            self.amount = amount
            self.day = day
            self.detail = detail
            self.isRepeated = isRepeated
        }
    }

    /// A statement whose opening balance is not the balance carried forward.
    public struct Gap: Sendable {
        public let amount: Money
        public let firstDay: Day
        public let fileName: String

        public init(amount: Money, firstDay: Day, fileName: String) {
            self.amount = amount
            self.firstDay = firstDay
            self.fileName = fileName
        }
    }

    /// The items of a day, in the order of day, notice and line.
    public static func items(
        on day: Day,
        notices: [BookedNotice],
        lines: [SilentLine],
        gaps: [Gap],
        calendar: BankCalendarDays
    ) -> [Item] {
        let items =
            notices.compactMap { item($0, on: day, calendar) } + lines.filter { $0.day <= day }.map(item)
            + gaps.filter { $0.firstDay <= day && $0.amount != .zero }.map(item)
        return items.sorted {
            ($0.bookedOn, $0.noticeID ?? .max, $0.lineID ?? .max) < (
                $1.bookedOn, $1.noticeID ?? .max, $1.lineID ?? .max
            )
        }
    }

    private static func item(_ notice: BookedNotice, on day: Day, _ calendar: BankCalendarDays) -> Item? {
        let isBooked = notice.bookedOn <= day
        let isShown = notice.shownBy.map { $0.day <= day } ?? false
        guard isBooked != isShown else { return nil }
        let (transaction, amount) = (notice.transaction, notice.amount)
        let reason: Reason
        if isShown {
            reason = .shownEarlier(transaction: transaction, amount: amount)
        } else if notice.shownBy != nil {
            reason = .shownLater(transaction: transaction, amount: amount)
        } else if calendar.expectedBy(notice.bookedOn) <= day {
            reason = .missingAtBank(transaction: transaction, amount: amount)
        } else {
            reason = .awaitingLine(transaction: transaction, amount: amount)
        }
        return Item(
            reason: reason,
            amount: isShown ? -amount : amount,
            bookedOn: notice.bookedOn,
            noticeID: notice.id,
            lineID: notice.shownBy?.line,
            detail: transaction
        )
    }

    private static func item(_ line: SilentLine) -> Item {
        Item(
            reason: line.isRepeated
                ? .repeatedLine(line.id, transaction: line.detail, amount: line.amount)
                : .notReconciled(line.id, amount: line.amount),
            amount: -line.amount,
            bookedOn: line.day,
            noticeID: nil,
            lineID: line.id,
            detail: line.detail
        )
    }

    private static func item(_ gap: Gap) -> Item {
        Item(
            reason: .gapInStatements(gap.fileName, amount: gap.amount),
            amount: -gap.amount,
            bookedOn: gap.firstDay,
            noticeID: nil,
            lineID: nil,
            detail: gap.fileName
        )
    }
}
