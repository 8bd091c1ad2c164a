public import Values
public import Workflow

/// What waits today: each account with what it last heard and what is open, the open cases by kind, and what waits for the
/// one who asks.
public struct Overview: Sendable {
    /// An account of a bank.
    public struct Account: Sendable {
        public let number: String
        public let bankBIN: String
        public let name: String
        /// When the bank last told of a payment by callback.
        public let lastCallbackAt: Instant?
        /// The last day that a statement covers.
        public let statementsThrough: Day?
        /// What was received today and counts, and in how many payments.
        public let receivedToday: Money
        public let paymentsToday: Int64
        public let openCases: Int64
        /// How many of the last ``Overviews/daysBack`` days have a statement and no sign-off, and the first of them.
        public let unsignedDays: Int64
        public let firstUnsigned: Day?
    }

    /// The open cases of a kind.
    public struct CaseGroup: Sendable {
        public let kind: CaseKind
        public let count: Int64
        /// Of these, how many wait for a second person.
        public let awaiting: Int64
        public let overdue: Int64
        /// The amounts in question, in all.
        public let amount: Money
        public let oldestAt: Instant

        /// With more cases of the kind. Those that wait were counted for the whole kind.
        func joined(with other: CaseGroup) -> CaseGroup {
            CaseGroup(
                kind: kind,
                count: count + other.count,
                awaiting: max(awaiting, other.awaiting),
                overdue: overdue + other.overdue,
                amount: amount + other.amount,
                oldestAt: min(oldestAt, other.oldestAt)
            )
        }
    }

    /// How many things wait for the one who asks; 0 of what their roles do not let them do.
    public struct Waiting: Sendable {
        /// Cases that are open past their day, and all that are open and wait for nobody's approval.
        public internal(set) var overdueCases: Int64 = 0
        public internal(set) var openCases: Int64 = 0
        /// Days of the last ``Overviews/daysBack`` that have a statement, are over, and have no signature.
        public internal(set) var daysToSign: Int64 = 0
        /// Statements that were imported and that no run has gone through.
        public internal(set) var statementsToReconcile: Int64 = 0
        /// Proposals of others about cases that the person may approve.
        public internal(set) var proposals: Int64 = 0
        /// Refunds that others asked for.
        public internal(set) var refundsToApprove: Int64 = 0
        /// Approved refunds that nobody has executed.
        public internal(set) var refundsToExecute: Int64 = 0
        /// Statements of others with recoveries to confirm.
        public internal(set) var statementsToConfirm: Int64 = 0
        /// Days of the last ``Overviews/daysBack`` that another has signed off and nobody for the second time.
        public internal(set) var daysToCountersign: Int64 = 0
        /// Catalogues that others propose.
        public internal(set) var cataloguesToAdopt: Int64 = 0
        /// Shifts of other cashiers whose drawers held less or more than they should.
        public internal(set) var shiftsToApprove: Int64 = 0
        /// Orders to the State Treasury that others made.
        public internal(set) var remittancesToApprove: Int64 = 0
        /// Approved orders that somebody else approved.
        public internal(set) var remittancesToSend: Int64 = 0
    }

    public let day: Day
    public let accounts: [Account]
    public let groups: [CaseGroup]
    public let waiting: Waiting
}
