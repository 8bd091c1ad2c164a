import Values
import Workflow

extension MatchingPasses {
    /// Pass `remainder`: what belongs nowhere yet. A debit that no refund explains is taken out of suspense.
    static func remainder(_ items: inout OpenItems) {
        items.close(
            items.lines.map { line in
                let reason: Reason
                if !line.isCredit {
                    reason = .debitUnexplained(amount: -line.amount)
                } else if let request = items.requests(of: line).first {
                    reason = .lineOfOtherAccount(
                        request.reference,
                        collectsOn: request.accountNumber,
                        amount: line.amount
                    )
                } else {
                    reason = .lineWithoutReference(amount: line.amount)
                }
                var decision = LineDecision(line, .unmatched, .remainder, reason)
                decision.requestID = items.requests(of: line).first?.id
                decision.suspense = line.amount
                return decision
            }
        )
    }
}
