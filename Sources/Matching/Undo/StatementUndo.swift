public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Whether the import of a statement and what its run did may be taken back, and what that changes besides the postings,
/// each of which is reversed.
public enum StatementUndo {
    /// What goes back to what it was.
    public struct Plan: Sendable, Hashable {
        /// The requests that are no longer paid by the statement.
        public var requests: [Request] = []
        /// The open cases that end, because what opened them is gone.
        public var cases: [Int64] = []
    }

    /// How a request is put back.
    public struct Request: Sendable, Hashable {
        public let id: UUID
        /// Its status before the lines paid it.
        public let status: PaymentRequestState
        /// What it has received less.
        public let amount: Money
    }

    /// Decides whether the statement may be undone.
    ///
    /// - Throws: what stands in its way. Money that anybody has relied on since stays where it is.
    public static func decide(_ facts: UndoFacts) throws(Refusal) -> Plan {
        if let obstacle = obstacle(facts) { throw Refusal(.state, obstacle) }
        var plan = Plan()
        for request in facts.requests {
            let event: PaymentRequestState.Event = request.before == .expired ? .undoWithinGrace : .undo
            let status = try PaymentRequestState.next(after: request.status, on: event)
            plan.requests.append(Request(id: request.id, status: status, amount: request.amount))
        }
        plan.cases = facts.cases.filter { $0.state == .open }.map(\.id)
        return plan
    }

    private static func obstacle(_ facts: UndoFacts) -> Reason? {
        let id = facts.statementID
        if let undone = facts.undone { return .statementUndone(id, by: undone.by, at: undone.at) }
        if let signed = facts.signed { return .undoDaySigned(id, day: signed.day, by: signed.by) }
        if facts.decidedLines > 0 { return .undoLinesDecided(id, lines: facts.decidedLines) }
        let touched = facts.cases.filter(\.isTouched)
        if let first = touched.map(\.id).min() { return .undoCasesDecided(id, cases: touched.count, first: first) }
        if facts.laterNotices > 0 { return .undoNoticesCame(id, notices: facts.laterNotices) }
        let changed = facts.requests.filter { $0.hasChanged || $0.status != .paid }
        if let first = changed.map(\.reference).min() {
            return .undoRequestsChanged(id, requests: changed.count, first: first)
        }
        if let other = facts.laterStatement { return .undoStatementBuilds(id, other: other) }
        return nil
    }
}
