import Values
import Workflow

extension MatchingPasses {
    /// Pass `remainder`: lines that nothing explains yet. A debit is taken out of suspense.
    static func remainder(_ items: inout OpenItems) {
        items.close(
            items.lines.map { line in
                let reason: Reason
                if !line.isCredit {
                    reason = .debitUnexplained(amount: -line.amount)
                } else if let (basket, _) = items.basket(of: line) {
                    reason = .lineOfOtherAccount(
                        basket.reference,
                        collectsOn: basket.accountNumber,
                        amount: line.amount
                    )
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
                decision.requestID = items.basket(of: line)?.members.first?.id ?? items.requests(of: line).first?.id
                decision.suspense = line.amount
                return decision
            }
        )
    }
}
