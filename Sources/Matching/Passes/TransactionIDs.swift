import Values
import Workflow

extension MatchingPasses {
    /// Pass `transaction_id`: the bank's own id and the amount of a notice.
    static func transactionIDs(_ items: inout OpenItems) {
        let (lines, notices) = (items.credits, items.notices)
        let exact = ExactMatch(
            lines: lines.map { ExactMatch.LineHead(id: $0.id, key: $0.key, bookedAt: $0.bookedAt) },
            notices: notices
        )
        items.close(
            exact.pairs.map { pair in
                let (line, notice) = (lines[pair.line], notices[pair.notice])
                var decision = LineDecision(
                    line,
                    .matched,
                    .transactionID,
                    notice.isOfCounter
                        ? .lineShowsCounterPayment(amount: line.amount)
                        : .lineMatchesNotice(transaction: notice.bankReference, amount: line.amount)
                )
                decision.noticeID = notice.id
                decision.requestID = notice.requestID
                return decision
            }
        )
    }
}
