import Values
import Workflow

extension MatchingPasses {
    /// Pass `known_request`: a known reference and nothing of the above. The whole amount once more of a request that is
    /// received in full is probably a second payment; anything else is another amount than expected.
    static func knownRequests(_ items: inout OpenItems) {
        let account = items.facts.accountNumber
        items.close(
            items.credits.compactMap { line in
                guard let request = items.requests(of: line).first, request.accountNumber == account else { return nil }
                let isPaid = request.remaining == .zero && request.status != .cancelled
                let outcome: LineOutcome
                let reason: Reason
                if isPaid, line.amount == request.amountDue {
                    (outcome, reason) = (.duplicateLine, .lineRepeatsPayment(request.reference, amount: line.amount))
                } else if isPaid || request.waits(on: account, at: line.bookedAt) {
                    outcome = .amountMismatch
                    reason = .lineAmountUnexpected(
                        request.reference,
                        line: line.amount,
                        remaining: request.isOpen ? request.remaining : .zero
                    )
                } else {
                    outcome = .amountMismatch
                    let state = request.status == .pending ? PaymentRequestState.expired : request.status
                    reason = .lineRequestClosed(request.reference, state: state.rawValue, amount: line.amount)
                }
                var decision = LineDecision(line, outcome, .knownRequest, reason)
                decision.requestID = request.id
                decision.suspense = line.amount
                return decision
            }
        )
    }
}
