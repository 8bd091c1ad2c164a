public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Why books and bank differ at the end of a day: items that add up to the difference.
public struct DayDifference: Sendable {
    /// One item; its amount is the books minus the bank.
    public struct Item: Sendable, Hashable {
        public let reason: Reason
        public let amount: Money
        public let bookedOn: Day
        public let noticeID: Int64?
        public let lineID: Int64?
        public let statementID: Int64?
        public let requestID: UUID?
        /// The transaction, the memo or the file that identifies it to a person.
        public let detail: String

        init(
            _ reason: Reason,
            _ amount: Money,
            on bookedOn: Day,
            notice: Int64? = nil,
            line: Int64? = nil,
            statement: Int64? = nil,
            request: UUID? = nil,
            detail: String
        ) {
            self.reason = reason
            self.amount = amount
            self.bookedOn = bookedOn
            noticeID = notice
            lineID = line
            statementID = statement
            requestID = request
            self.detail = detail
        }
    }

    /// Money that a notice brought into the books, and the line that confirmed it.
    public struct BookedNotice: Sendable {
        public let id: Int64
        public let amount: Money
        public let bookedOn: Day
        public let transaction: String
        public let requestID: UUID?
        public let shownBy: (line: Int64, day: Day)?

        public init(
            id: Int64,
            amount: Money,
            bookedOn: Day,
            transaction: String,
            requestID: UUID?,
            shownBy: (line: Int64, day: Day)?
        ) {
            self.id = id
            self.requestID = requestID
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
        public let statementID: Int64
        public let amount: Money
        public let firstDay: Day
        public let fileName: String

        public init(statementID: Int64, amount: Money, firstDay: Day, fileName: String) {
            self.statementID = statementID
            self.amount = amount
            self.firstDay = firstDay
            self.fileName = fileName
        }
    }

    /// What the account held before its first line, by its statements and by the books.
    public struct Opening: Sendable {
        public let stated: OpeningBalance
        /// What the books hold of it, by the day on which it was posted.
        public let booked: [Day: Money]

        public init(stated: OpeningBalance, booked: [Day: Money]) {
            self.stated = stated
            self.booked = booked
        }
    }

    /// The items of a day, in the order of day, notice and line.
    ///
    /// - Parameter opening: `nil` while no statement states a balance.
    public static func items(
        on day: Day,
        notices: [BookedNotice],
        lines: [SilentLine],
        gaps: [Gap],
        opening: Opening?,
        calendar: BankCalendarDays
    ) -> [Item] {
        let items =
            notices.compactMap { item($0, on: day, calendar) } + lines.filter { $0.day <= day }.map(item)
            + gaps.filter { $0.firstDay <= day && $0.amount != .zero }.map(item)
            + (opening.flatMap { item($0, on: day) }.map { [$0] } ?? [])
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
            reason,
            isShown ? -amount : amount,
            on: notice.bookedOn,
            notice: notice.id,
            line: notice.shownBy?.line,
            request: notice.requestID,
            detail: transaction
        )
    }

    private static func item(_ line: SilentLine) -> Item {
        let reason =
            line.isRepeated
            ? Reason.repeatedLine(line.id, transaction: line.detail, amount: line.amount)
            : Reason.notReconciled(line.id, amount: line.amount)
        return Item(reason, -line.amount, on: line.day, line: line.id, detail: line.detail)
    }

    private static func item(_ gap: Gap) -> Item {
        Item(
            .gapInStatements(gap.fileName, amount: gap.amount),
            -gap.amount,
            on: gap.firstDay,
            statement: gap.statementID,
            detail: gap.fileName
        )
    }

    /// The statements state the opening balance for every day, the books from the day on which a run posted it.
    private static func item(_ opening: Opening, on day: Day) -> Item? {
        let booked = opening.booked.filter { $0.key <= day }.values.total()
        let missing = opening.stated.amount - booked
        guard missing != .zero else { return nil }
        return Item(
            .openingNotBooked(opening.stated.day, amount: missing),
            -missing,
            on: opening.stated.day,
            detail: ""
        )
    }
}
