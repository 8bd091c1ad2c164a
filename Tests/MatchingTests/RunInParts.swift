import Foundation
import PureSupport
import Values

@testable import Matching

/// The same run part by part, as the shell does it: each part with the notices that its lines may take, and what may be a
/// payout at last, with all that is left.
struct RunInParts {
    private(set) var decisions: [Int64: LineDecision] = [:]
    private(set) var openNotices: [OpenNotice]
    /// Of how many lines each part was.
    private(set) var sizes: [Int] = []

    /// - Parameter run: the run in one, whose exact matches are taken as they are.
    init(_ run: OneRun, _ lines: [Line], _ notices: [OpenNotice], _ given: MatchingFacts, size: Int) {
        var facts = given
        let callbacks = notices.filter { !$0.isOfCounter }
        let exact = ExactMatch(
            lines: lines.map { ExactMatch.LineHead(id: $0.id, key: $0.key, bookedAt: $0.bookedAt) },
            notices: callbacks
        )
        for pair in exact.pairs {
            let line = lines[pair.line]
            decisions[line.id] = run.decisions[line.id]
            if let key = line.key { facts.earlierLines[key] = .some(callbacks[pair.notice].requestID) }
        }
        let open = exact.openLines.map { lines[$0] }
        openNotices = exact.openNotices.map { callbacks[$0] } + notices.filter(\.isOfCounter)
        var links = IndependentLines.Facts(through: facts.through)
        links.requests = facts.requests.mapValues(\.id)
        links.leaving = Set(facts.refunds.map(\.amount) + facts.remittances.map(\.amount))
        links.gateways = facts.gateways
        let independent = IndependentLines(lines: open, notices: openNotices, facts: links)
        for part in independent.parts(of: size) { judge(part.map { open[$0] }, facts, isLast: false) }
        if !independent.joint.isEmpty { judge(independent.joint.map { open[$0] }, facts, isLast: true) }
        openNotices.sort { $0.id < $1.id }
    }

    private mutating func judge(_ lines: [Line], _ facts: MatchingFacts, isLast: Bool) {
        sizes.append(lines.count)
        var facts = facts
        if !isLast { facts.gateways = [:] }
        let transactions = Set(lines.compactMap(\.transactionID))
        let named = Set(lines.flatMap(\.references).compactMap { facts.requests[$0]?.id })
        let known = openNotices.filter { notice in
            isLast || transactions.contains(notice.bankReference) || notice.requestID.map(named.contains) ?? false
                || lines.contains { notice.isShown(byMemoOf: $0) }
        }
        var items = OpenItems(lines: lines, notices: known, facts: facts)
        MatchingPasses.run(&items)
        for decision in items.decisions { decisions[decision.lineID] = decision }
        let left = Set(items.notices.map(\.id))
        let shown = Set(known.map(\.id)).subtracting(left)
        openNotices.removeAll { shown.contains($0.id) }
    }
}
