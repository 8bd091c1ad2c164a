public import Values

/// What an account held before its first line, so that books and bank start equal.
public struct OpeningBalance: Sendable, Hashable {
    public let day: Day
    public let amount: Money

    public init(day: Day, amount: Money) {
        self.day = day
        self.amount = amount
    }

    /// Returns the postings after which the books hold the opening balance on its day and nothing on other days. If an
    /// earlier statement has arrived since, the amount booked on the later day is reversed by a negative amount.
    ///
    /// - Parameters:
    ///   - wanted: the opening balance by the statements; `nil` while none states a balance.
    ///   - booked: what earlier runs posted, by day.
    public static func changes(wanted: OpeningBalance?, booked: [Day: Money]) -> [OpeningBalance] {
        guard let wanted else { return [] }
        var changes = booked.mapValues { -$0 }
        changes[wanted.day, default: .zero] += wanted.amount
        return changes.filter { $0.value != .zero }.map { OpeningBalance(day: $0.key, amount: $0.value) }
            .sorted { $0.day < $1.day }
    }
}
