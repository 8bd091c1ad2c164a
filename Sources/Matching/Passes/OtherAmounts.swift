import Values
import Workflow

extension MatchingPasses {
    /// Pass `other_amount`: the bank's own id of a notice of a different amount. The difference goes to or from
    /// suspense, so that books and bank agree; if another line has confirmed the notice, the whole line does.
    static func otherAmounts(_ items: inout OpenItems) {
        // The next one to confirm is last.
        var open: [String: [OpenNotice]] = [:]
        // The number on a counter's slip is only a hint: with a different amount it means nothing.
        for notice in items.notices.reversed() where !notice.isOfCounter {
            open[notice.bankReference, default: []].append(notice)
        }
        var found: [LineDecision] = []
        for line in items.credits {
            guard let transaction = line.transactionID else { continue }
            if let notice = open[transaction]?.popLast() {
                var decision = LineDecision(
                    line,
                    .amountMismatch,
                    .otherAmount,
                    .lineAmountDiffers(line: line.amount, notice: notice.amount)
                )
                decision.noticeID = notice.id
                decision.requestID = notice.requestID
                decision.suspense = line.amount - notice.amount
                found.append(decision)
            } else if let requestID = items.facts.reportedTransactions[transaction] {
                var decision = LineDecision(
                    line,
                    .amountMismatch,
                    .otherAmount,
                    .noticeHasAnotherLine(transaction: transaction, amount: line.amount)
                )
                decision.requestID = requestID
                decision.suspense = line.amount
                found.append(decision)
            }
        }
        items.close(found)
    }
}
