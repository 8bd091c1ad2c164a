import Values
import Workflow

extension MatchingPasses {
    /// Pass `known_request`: a known reference that no earlier pass explained. The full amount of a request that is
    /// already paid in full is probably a second payment; any other amount differs from the expected one.
    static func knownRequests(_ items: inout OpenItems) {
        let account = items.facts.accountNumber
        items.close(
            items.credits.compactMap { line in
                if let (basket, members) = items.basket(of: line) {
                    guard basket.accountNumber == account else { return nil }
                    return misfit(line, of: basket, members, on: account)
                }
                guard let request = items.requests(of: line).first, request.accountNumber == account else { return nil }
                let (outcome, reason) = misfit(line.amount, at: line.bookedAt, request, on: account)
                var decision = LineDecision(line, outcome, .knownRequest, reason)
                decision.requestID = request.id
                decision.suspense = line.amount
                return decision
            }
        )
    }

    /// What a line is that names a basket and does not pay it.
    private static func misfit(
        _ line: Line,
        of basket: MatchingFacts.Basket,
        _ members: [MatchingFacts.Request],
        on account: String
    ) -> LineDecision {
        let remaining = members.filter { $0.waits(on: account, at: line.bookedAt) }.map(\.remaining).total()
        let due = members.filter { $0.status != .cancelled }.map(\.amountDue).total()
        let (outcome, reason): (LineOutcome, Reason)
        if basket.isCancelled {
            let state = PaymentRequestState.cancelled.rawValue
            (outcome, reason) = (
                .amountMismatch, .lineRequestClosed(basket.reference, state: state, amount: line.amount)
            )
        } else if members.allSatisfy({ $0.remaining == .zero }), line.amount == due {
            (outcome, reason) = (.duplicateLine, .lineRepeatsPayment(basket.reference, amount: line.amount))
        } else {
            (outcome, reason) = (
                .amountMismatch,
                .lineAmountUnexpected(basket.reference, line: line.amount, remaining: remaining)
            )
        }
        var decision = LineDecision(line, outcome, .knownRequest, reason)
        // A case is about one request: the first of the basket.
        decision.requestID = members.first?.id
        decision.suspense = line.amount
        return decision
    }

    /// The outcome of a line that names a request and does not pay it.
    static func misfit(
        _ amount: Money,
        at instant: Instant,
        _ request: MatchingFacts.Request,
        on account: String
    ) -> (LineOutcome, Reason) {
        let isPaid = request.remaining == .zero && request.status != .cancelled
        if isPaid, amount == request.amountDue {
            return (.duplicateLine, .lineRepeatsPayment(request.reference, amount: amount))
        }
        if isPaid || request.waits(on: account, at: instant) {
            let remaining = request.isOpen ? request.remaining : .zero
            return (.amountMismatch, .lineAmountUnexpected(request.reference, line: amount, remaining: remaining))
        }
        let state = request.status == .pending ? PaymentRequestState.expired : request.status
        return (.amountMismatch, .lineRequestClosed(request.reference, state: state.rawValue, amount: amount))
    }
}
