public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What the decision whether a statement may be undone is based on.
public struct UndoFacts: Sendable {
    public let statementID: Int64
    /// Who has undone it already, and when.
    public var undone: Act?
    /// The first signed day whose record includes the statement: a day of it, or a later one, whose balances build on it.
    public var signed: Signature?
    /// How many of its lines a person has confirmed or turned down.
    public var decidedLines = 0
    /// The cases of its lines, and of the statement itself.
    public var cases: [Case] = []
    /// How many callbacks that came later rely on the money of its lines: they were put down as duplicates of it, or paid
    /// a request with it.
    public var laterNotices = 0
    /// The requests that its lines paid.
    public var requests: [Request] = []
    /// The latest statement, if any, whose lines were left out or judged by what this one had brought.
    public var laterStatement: Int64?

    public init(statementID: Int64) { self.statementID = statementID }

    /// Who did something, and when.
    public struct Act: Sendable, Hashable {
        public let by: String
        public let at: Instant

        public init(by: String, at: Instant) {
            self.by = by
            self.at = at
        }
    }

    /// A signed day.
    public struct Signature: Sendable, Hashable {
        public let day: Day
        public let by: String

        public init(day: Day, by: String) {
            self.day = day
            self.by = by
        }
    }

    /// A case that the statement opened.
    public struct Case: Sendable, Hashable {
        public let id: Int64
        public let state: CaseState
        /// Whether a person has done anything about it: a note, an assignment, a proposal, a decision.
        public let isTouched: Bool

        public init(id: Int64, state: CaseState, isTouched: Bool) {
            self.id = id
            self.state = state
            self.isTouched = isTouched
        }
    }

    /// A request that lines of the statement paid.
    public struct Request: Sendable, Hashable {
        public let id: UUID
        public let reference: String
        public let status: PaymentRequestState
        /// What it was before it was paid.
        public let before: PaymentRequestState
        /// What the lines paid.
        public let amount: Money
        /// Whether anything has happened to it since: another event, another notice, or a refund.
        public let hasChanged: Bool

        public init(
            id: UUID,
            reference: String,
            status: PaymentRequestState,
            before: PaymentRequestState,
            amount: Money,
            hasChanged: Bool
        ) {
            self.id = id
            self.reference = reference
            self.status = status
            self.before = before
            self.amount = amount
            self.hasChanged = hasChanged
        }
    }
}
