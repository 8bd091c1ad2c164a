import Foundation
import Values
import Workflow

@testable import Matching

/// One run over lines and notices, as the shell does it: exact matches first, then the passes over what is left.
struct OneRun {
    private(set) var decisions: [Int64: LineDecision] = [:]
    /// Notices that no line has shown, by their ids.
    private(set) var openNotices: [OpenNotice] = []
    private(set) var missing: [MissingPayment] = []
    private(set) var violations: [String] = []

    init(lines: [Line], notices: [OpenNotice], facts given: MatchingFacts) {
        var facts = given
        // As in a run: what counters entered is not known by the bank's own ids, and goes through the passes alone.
        let callbacks = notices.filter { !$0.isOfCounter }
        let exact = ExactMatch(
            lines: lines.map { ExactMatch.LineHead(id: $0.id, key: $0.key, bookedAt: $0.bookedAt) },
            notices: callbacks
        )
        for pair in exact.pairs {
            let (line, notice) = (lines[pair.line], callbacks[pair.notice])
            var decision = LineDecision(
                line,
                .matched,
                .transactionID,
                .lineMatchesNotice(transaction: notice.bankReference, amount: notice.amount)
            )
            decision.noticeID = notice.id
            decision.requestID = notice.requestID
            enter(decision)
            if let key = line.key { facts.earlierLines[key] = .some(notice.requestID) }
        }
        var items = OpenItems(
            lines: exact.openLines.map { lines[$0] },
            notices: exact.openNotices.map { callbacks[$0] } + notices.filter(\.isOfCounter),
            facts: facts
        )
        MatchingPasses.run(&items)
        for decision in items.decisions { enter(decision) }
        if !items.lines.isEmpty { note("\(items.lines.count) lines are left") }
        openNotices = items.notices
        missing = MatchingPasses.missingPayments(items)
        check(lines, notices, facts)
        checkExplanation(lines, notices, facts)
    }

    private mutating func enter(_ decision: LineDecision) {
        if decisions.updateValue(decision, forKey: decision.lineID) != nil {
            note("line \(decision.lineID) is decided twice")
        }
    }

    mutating func note(_ violation: String) { violations.append(violation) }
}
