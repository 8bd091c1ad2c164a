import Values
import Workflow

extension MatchingPasses {
    /// Part of the pass `reference`: the number on a slip that a cashier entered, of a card payment or of cash that was
    /// carried to the bank, stands in the memo of a line with its amount. Only if one line and one entry fit each other, and
    /// the line names no request or basket that is known.
    static func slips(_ items: inout OpenItems) {
        let known = SlipNumber.byAmount(items.notices)
        guard !known.isEmpty else { return }
        var shown: [Int64: [(line: Line, notice: OpenNotice)]] = [:]
        for line in items.credits {
            guard let entries = known[line.amount] else { continue }
            let words = SlipNumber.words(of: line.memo)
            let found = entries.filter { $0.slip.stands(in: words) }
            guard found.count == 1, items.requests(of: line).isEmpty, items.basket(of: line) == nil else { continue }
            shown[found[0].notice.id, default: []].append((line, found[0].notice))
        }
        items.close(
            shown.values.compactMap { $0.count == 1 ? $0[0] : nil }.sorted { Line.isServedBefore($0.line, $1.line) }.map
            {
                var decision = LineDecision(
                    $0.line,
                    .matched,
                    .reference,
                    .lineShowsSlip($0.notice.bankReference, amount: $0.line.amount)
                )
                decision.noticeID = $0.notice.id
                decision.requestID = $0.notice.requestID
                return decision
            }
        )
    }
}

extension SlipNumber {
    /// What counters entered with a slip, by its amount.
    static func byAmount(_ notices: [OpenNotice]) -> [Money: [(slip: SlipNumber, notice: OpenNotice)]] {
        var known: [Money: [(slip: SlipNumber, notice: OpenNotice)]] = [:]
        for notice in notices {
            if let slip = SlipNumber(of: notice) { known[notice.amount, default: []].append((slip, notice)) }
        }
        return known
    }
}

extension OpenNotice {
    /// Whether the number on its slip stands in the memo of a line with its amount.
    public func isShown(byMemoOf line: Line) -> Bool {
        guard line.amount == amount, let slip = SlipNumber(of: self) else { return false }
        return slip.stands(in: SlipNumber.words(of: line.memo))
    }
}
