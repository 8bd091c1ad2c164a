public import Values

/// What a day looked like in the places where money is taken by degrees.
public struct AlarmFacts: Sendable {
    /// The small refunds that one person asked for.
    public struct SmallRefunds: Sendable {
        public let person: String
        public let name: String
        public let count: Int64
        public let total: Money

        public init(person: String, name: String, count: Int64, total: Money) {
            (self.person, self.name, self.count, self.total) = (person, name, count, total)
        }
    }

    /// The refunds to one account, from whatever payments.
    public struct Payee: Sendable {
        public let account: String
        /// From so many different payments.
        public let sources: Int64
        public let total: Money

        public init(account: String, sources: Int64, total: Money) {
            (self.account, self.sources, self.total) = (account, sources, total)
        }
    }

    /// A refund to another account than one of the same payment that was rejected before.
    public struct ChangedPayee: Sendable {
        public let refund: String
        public let before: String
        public let after: String
        public let amount: Money

        public init(refund: String, before: String, after: String, amount: Money) {
            (self.refund, self.before, self.after, self.amount) = (refund, before, after, amount)
        }
    }

    /// The requests that one cashier made, a person or a key, and that cost nothing.
    public struct FreeRequests: Sendable {
        public let cashier: String
        public let name: String
        public let count: Int64

        public init(cashier: String, name: String, count: Int64) {
            (self.cashier, self.name, self.count) = (cashier, name, count)
        }
    }

    /// What the runs of an account recovered from statements that no callback had told of, although callbacks come.
    public struct Recoveries: Sendable {
        public let account: String
        public let recovered: Int64
        public let matched: Int64

        public init(account: String, recovered: Int64, matched: Int64) {
            (self.account, self.recovered, self.matched) = (account, recovered, matched)
        }
    }

    /// The logins of one person that are to be looked at.
    public struct Logins: Sendable {
        public let person: String
        public let name: String
        public let count: Int64

        public init(person: String, name: String, count: Int64) {
            (self.person, self.name, self.count) = (person, name, count)
        }
    }

    /// A limit of what one person may decide that was raised or taken away.
    public struct RaisedLimit: Sendable {
        public let id: Int64
        public let role: String
        /// Who raised it.
        public let name: String

        public init(id: Int64, role: String, name: String) {
            (self.id, self.role, self.name) = (id, role, name)
        }
    }

    /// A connection that is silent where much should have come.
    public struct SilentConnection: Sendable {
        public let name: String
        public let account: String
        /// When it was heard last.
        public let since: Instant
        /// How many callbacks were due since.
        public let due: Int64

        public init(name: String, account: String, since: Instant, due: Int64) {
            (self.name, self.account, self.since, self.due) = (name, account, since, due)
        }
    }

    /// What an agency should have remitted to the Treasury.
    public struct OverdueRemittance: Sendable, Hashable {
        public let agency: String
        public let amount: Money
        /// When the first of it was due.
        public let since: Instant

        public init(agency: String, amount: Money, since: Instant) {
            (self.agency, self.amount, self.since) = (agency, amount, since)
        }
    }

    public let day: Day
    public var smallRefunds: [SmallRefunds] = []
    public var payees: [Payee] = []
    public var changedPayees: [ChangedPayee] = []
    public var freeRequests: [FreeRequests] = []
    public var recoveries: [Recoveries] = []
    /// With a password although there is a provider of accounts.
    public var breakGlass: [Logins] = []
    public var nightLogins: [Logins] = []
    public var raisedLimits: [RaisedLimit] = []
    public var silentConnections: [SilentConnection] = []
    /// As of now.
    public var overdueRemittances: [OverdueRemittance] = []

    public init(day: Day) { self.day = day }
}
