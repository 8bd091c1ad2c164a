import Values
public import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A second person's confirmation of what a statement recovers: of all waiting lines at once, except those turned down.
public enum RecoveryConfirmation {
    /// The decision about a waiting line.
    public enum Verdict: Sendable, Hashable {
        /// It settles its requests from suspense.
        case settle
        /// It pays nothing: its money stays in suspense, with a case of the outcome's kind.
        case leave(LineOutcome, Reason)
    }

    /// One line and the decision about it.
    public struct Decision: Sendable, Hashable {
        public let waiting: WaitingLine
        public let verdict: Verdict
        /// Whether the person turned it down; a line left for another reason no longer fits.
        public let isRejected: Bool
    }

    /// Decides about every waiting line in order, each as if those before it had already been settled.
    ///
    /// Each line is checked again, because its request may have been paid or cancelled since. The time of booking, not
    /// of the confirmation, decides whether a line was in time.
    ///
    /// - Parameter expected: how many lines the person has seen waiting; `nil` for however many there are.
    /// - Throws: if nothing waits, if another number than expected waits, if the person imported the statement, or if a rejection names a line that does not wait.
    public static func decide(
        _ facts: WaitingRecoveries,
        rejecting rejections: [Rejection] = [],
        expecting expected: Int? = nil,
        by person: String,
        named name: String
    ) throws(Refusal) -> [Decision] {
        guard !facts.lines.isEmpty else { throw Refusal(.state, .nothingToConfirm(statement: facts.statementID)) }
        guard person != facts.importedBy else {
            throw Refusal(.person, .importerCannotConfirm(statement: facts.statementID))
        }
        if let expected, expected != facts.lines.count {
            throw Refusal(
                .state,
                .otherNumberAwaits(statement: facts.statementID, lines: facts.lines.count, expected: expected)
            )
        }
        let rejected = try whys(of: rejections, in: facts)
        var requests = facts.requests
        return facts.lines.map { waiting in
            if let why = rejected[waiting.line.id] {
                let reason = Reason.recoveryNotConfirmed(
                    waiting.payments[0].reference,
                    amount: waiting.total,
                    by: name,
                    why: why
                )
                return Decision(waiting: waiting, verdict: .leave(.unmatched, reason), isRejected: true)
            }
            for payment in waiting.payments {
                if let misfit = misfit(payment, of: waiting.line, requests[payment.requestID], facts.accountNumber) {
                    return Decision(waiting: waiting, verdict: misfit, isRejected: false)
                }
            }
            for payment in waiting.payments { requests[payment.requestID]?.remaining -= payment.amount }
            return Decision(waiting: waiting, verdict: .settle, isRejected: false)
        }
    }

    /// The explanation of each rejection, by line.
    private static func whys(of rejections: [Rejection], in facts: WaitingRecoveries) throws(Refusal) -> [Int64: String]
    {
        var numbers: [Int64: Int64] = [:]
        for waiting in facts.lines { numbers[Int64(waiting.number)] = waiting.line.id }
        let ids = Set(facts.lines.map(\.line.id))
        var whys: [Int64: String] = [:]
        for rejection in rejections {
            let named: Int64? =
                switch rejection.line {
                case .id(let id): ids.contains(id) ? id : nil
                case .number(let number): numbers[number]
                }
            guard let named else {
                throw Refusal(
                    .field(rejection.pointer),
                    .lineDoesNotAwait(rejection.line.value, statement: facts.statementID)
                )
            }
            whys[named] = rejection.why
        }
        return whys
    }

    /// Why a payment no longer fits its request; `nil` if it does.
    private static func misfit(
        _ payment: LineDecision.Payment,
        of line: Line,
        _ request: MatchingFacts.Request?,
        _ account: String
    ) -> Verdict? {
        guard let request else { preconditionFailure("the request of a waiting recovery was not read") }
        guard !request.waits(on: account, at: line.bookedAt) || payment.amount > request.remaining else { return nil }
        let (outcome, reason) = MatchingPasses.misfit(payment.amount, at: line.bookedAt, request, on: account)
        return .leave(outcome, reason)
    }
}
