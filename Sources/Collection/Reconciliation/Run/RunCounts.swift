import Matching
import Values

/// What a run classified, by outcome.
struct RunCounts: Sendable {
    let json: JSON

    init(matched: Int, decisions: [LineDecision], missing: Int, casesOpened: Int64) {
        var counts: [LineOutcome: Int] = [.matched: matched]
        for decision in decisions { counts[decision.outcome, default: 0] += 1 }
        var members = LineOutcome.counted.map { outcome in
            JSON.Member(outcome.rawValue, .integer(counts[outcome] ?? 0))
        }
        members.append(.init("missing_at_bank", .integer(missing)))
        members.append(.init("cases_opened", .integer(casesOpened)))
        members.append(.init("awaiting_confirmation", .integer(decisions.count(where: \.awaitsConfirmation))))
        json = .object(members)
    }
}
