import Values
import Workflow

extension MatchingPasses {
    /// Pass `other_amount`: the bank's own id of a notice of another amount. The difference goes to or from suspense, so that
    /// books and bank agree; all of the line, when another line has shown the notice.
    static func otherAmounts(_ items: inout OpenItems) {
        // The next to be shown stands last.
        var open: [String: [OpenNotice]] = [:]
        // The number on a counter's slip is no more than a hint: with another amount it says nothing.
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
