import Values
import Workflow

extension MatchingPasses {
    /// Pass `repetition`: the same transaction id and amount again, in this run or an earlier one. It is not new money,
    /// so nothing is posted.
    static func repetitions(_ items: inout OpenItems) {
        var seen: Set<LineKey> = []
        for decision in items.decisions where decision.pass == .transactionID {
            if let key = items.decidedLines[decision.lineID]?.key { seen.insert(key) }
        }
        var found: [LineDecision] = []
        // Of equal lines, the first by time and id is the transfer.
        for line in items.credits.sorted(by: { ($0.bookedAt, $0.id) < ($1.bookedAt, $1.id) }) {
            guard let key = line.key else { continue }
            let isFirst = seen.insert(key).inserted
            let earlier = items.facts.earlierLines[key]
            guard !isFirst || earlier != nil else { continue }
            var decision = LineDecision(
                line,
                .duplicateLine,
                .repetition,
                .lineRepeated(transaction: key.transactionID, amount: line.amount)
            )
            decision.requestID = earlier ?? nil
            found.append(decision)
        }
        items.close(found)
    }
}
