public import Values
public import Workflow

/// Whether the reconciliation record of a day may be signed off as it stands.
public enum DaySignOff {
    /// What the decision is based on.
    public struct Facts: Sendable {
        public let accountNumber: String
        public let day: Day
        public let today: Day
        /// Who has signed the day off already, if anybody has.
        public let signedBy: String?
        /// The books minus the bank.
        public let difference: Money
        /// The items that explain the difference.
        public let items: [DayDifference.Item]
        /// The account's cases about the day or an earlier one that have not ended.
        public let openCases: Int
        /// The lines up to the day that wait for another person's confirmation.
        public let waitingLines: Int

        public init(
            accountNumber: String,
            day: Day,
            today: Day,
            signedBy: String?,
            difference: Money,
            items: [DayDifference.Item],
            openCases: Int,
            waitingLines: Int
        ) {
            self.accountNumber = accountNumber
            self.day = day
            self.today = today
            self.signedBy = signedBy
            self.difference = difference
            self.items = items
            self.openCases = openCases
            self.waitingLines = waitingLines
        }

        /// The items that still wait for something. What has been shown on another day is only a matter of time.
        public var openItems: [DayDifference.Item] {
            items.filter { ![.shownLater, .shownEarlier].contains($0.reason.code) }
        }
    }

    /// Decides whether the day may be signed off.
    ///
    /// - Parameter note: the signer's own words about what is still open; `nil` if he has not said that he knows of it.
    /// - Returns: what was open and what the signer said about it, to be kept with the record; `nil` if nothing was open.
    /// - Throws: if the day is in the future or signed already, if its difference is not explained, and if something is
    ///   open and there is no note.
    public static func decide(_ facts: Facts, acknowledging note: String?) throws(Refusal) -> Reason? {
        guard facts.day <= facts.today else {
            throw Refusal(.field("/day"), .dayAhead(facts.day, today: facts.today))
        }
        if let signer = facts.signedBy { throw Refusal(.state, .daySigned(facts.day, by: signer)) }
        let unreconciled = facts.items.count { $0.reason.code == .notReconciled }
        guard unreconciled == 0 else {
            throw Refusal(.state, .dayNotReconciled(facts.day, lines: unreconciled))
        }
        let unexplained = facts.difference - facts.items.map(\.amount).total()
        guard unexplained == .zero else {
            throw Refusal(.state, .dayNotExplained(facts.day, difference: unexplained))
        }
        let items = facts.openItems.count
        guard items + facts.openCases + facts.waitingLines > 0 else { return nil }
        guard let note else {
            throw Refusal(
                .state,
                .dayHasOpenItems(facts.day, items: items, cases: facts.openCases, lines: facts.waitingLines)
            )
        }
        return .daySignedWithOpenItems(
            facts.day,
            items: items,
            cases: facts.openCases,
            lines: facts.waitingLines,
            note: note
        )
    }
}
