public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What the database knows about the lines and notices that the exact match left open.
public struct MatchingFacts: Sendable {
    public var accountNumber: String
    /// The last day of the run.
    public var through: Day
    /// The requests that the open lines name, by reference.
    public var requests: [String: Request] = [:]
    /// The baskets that the open lines name, by reference; their requests are among ``requests``.
    public var baskets: [String: Basket] = [:]
    /// Transfers that an earlier line brought, each with its request if known.
    public var earlierLines: [LineKey: UUID?] = [:]
    /// Transactions that callbacks have reported, each with the request of the first report.
    public var reportedTransactions: [String: UUID?] = [:]
    /// Refunds that were executed and have not left the bank.
    public var refunds: [Refund] = []
    /// Orders to the State Treasury that were taken to the bank and have not left it.
    public var remittances: [Remittance] = []
    /// The terms of gateways that pay out a day in one line, by connection.
    public var gateways: [Int32: GatewayTerms] = [:]
    public var calendar: BankCalendarDays

    public init(accountNumber: String, through: Day, calendar: BankCalendarDays) {
        self.accountNumber = accountNumber
        self.through = through
        self.calendar = calendar
    }

    /// A payment request that an open line names.
    public struct Request: Sendable, Hashable {
        public var id: UUID
        public var reference: String
        public var status: PaymentRequestState
        public var amountDue: Money
        /// What remains to be paid, minus what lines waiting for confirmation would pay; 0 for a request that no longer
        /// accepts payments.
        public var remaining: Money
        /// The account that it is to be paid to.
        public var accountNumber: String
        /// The end of its grace period, until which a line may pay it.
        public var payableUntil: Instant

        public init(
            id: UUID,
            reference: String,
            status: PaymentRequestState,
            amountDue: Money,
            remaining: Money,
            accountNumber: String,
            payableUntil: Instant
        ) {
            self.id = id
            self.reference = reference
            self.status = status
            self.amountDue = amountDue
            self.remaining = remaining
            self.accountNumber = accountNumber
            self.payableUntil = payableUntil
        }

        /// Whether it still accepts payments.
        public var isOpen: Bool { status == .pending || status == .expired }

        /// Whether a line of the account may pay it at this instant.
        func waits(on account: String, at instant: Instant) -> Bool {
            isOpen && remaining > .zero && accountNumber == account && instant <= payableUntil
        }
    }

    /// Several requests of one account that are paid with one reference.
    public struct Basket: Sendable, Hashable {
        public var id: UUID
        public var reference: String
        public var isCancelled: Bool
        /// The references of its requests, in the order in which money pays them.
        public var members: [String]
        /// The account that it is to be paid to.
        public var accountNumber: String

        public init(id: UUID, reference: String, isCancelled: Bool, members: [String], accountNumber: String) {
            self.id = id
            self.reference = reference
            self.isCancelled = isCancelled
            self.members = members
            self.accountNumber = accountNumber
        }
    }

    /// A refund that was handed to the bank.
    public struct Refund: Sendable, Hashable {
        public var id: UUID
        /// Its mark, `KHR…`, which returns in the memo of the debit line.
        public var mark: String
        public var amount: Money
        public var beneficiaryAccount: String
        public var executedOn: Day
        public var requestID: UUID?

        public init(
            id: UUID,
            mark: String,
            amount: Money,
            beneficiaryAccount: String,
            executedOn: Day,
            requestID: UUID?
        ) {
            self.id = id
            self.mark = mark
            self.amount = amount
            self.beneficiaryAccount = beneficiaryAccount
            self.executedOn = executedOn
            self.requestID = requestID
        }
    }

    /// An order to the State Treasury that was taken to the bank.
    public struct Remittance: Sendable, Hashable {
        public var id: Int64
        /// Its mark, `KHN…`, which returns in the memo of the debit line.
        public var mark: String
        public var amount: Money
        /// What its memo pays by chapter and sub-item.
        public var memo: BudgetMemo?
        public var sentOn: Day

        public init(id: Int64, mark: String, amount: Money, memo: BudgetMemo?, sentOn: Day) {
            (self.id, self.mark, self.amount, self.memo, self.sentOn) = (id, mark, amount, memo, sentOn)
        }
    }

    /// The fee of a gateway that pays out a day in one line.
    public struct GatewayTerms: Sendable, Hashable {
        /// The largest fee, in thousandths of a percent.
        public var feeThousandths: Int64

        public init(feeThousandths: Int64) { self.feeThousandths = feeThousandths }

        /// The largest fee on a total, rounded down to a đồng.
        func largestFee(on total: Money) -> Money {
            Money(Int64(Int128(total.dong) * Int128(feeThousandths) / 100_000))
        }

        /// What is left of a total at least. It is never less of a larger total.
        func leastPayout(of total: Money) -> Money { total - largestFee(on: total) }
    }
}
