import Matching
import Values

/// What a run classified, by outcome; the counts of its steps add up.
struct RunCounts: Sendable {
    private var outcomes: [LineOutcome: Int] = [:]
    private var missing = 0
    private var casesOpened = 0
    private var awaiting = 0

    init() {}

    /// Lines that the pass `transaction_id` matched by their heads alone.
    init(matched: Int) { outcomes[.matched] = matched }

    init(_ decisions: [LineDecision]) {
        for decision in decisions { outcomes[decision.outcome, default: 0] += 1 }
        casesOpened = decisions.count { $0.outcome.caseKind != nil }
        awaiting = decisions.count(where: \.awaitsConfirmation)
    }

    /// Payments that are newly missing; each is a case.
    init(missing: Int) {
        self.missing = missing
        casesOpened = missing
    }

    static func + (left: RunCounts, right: RunCounts) -> RunCounts {
        var sum = left
        sum.outcomes.merge(right.outcomes, uniquingKeysWith: +)
        sum.missing += right.missing
        sum.casesOpened += right.casesOpened
        sum.awaiting += right.awaiting
        return sum
    }

    /// The lines that have an outcome.
    var lines: Int { outcomes.values.reduce(0, +) }

    var json: JSON {
        .object(
            LineOutcome.counted.map { .init($0.rawValue, .integer(outcomes[$0] ?? 0)) } + [
                .init("missing_at_bank", .integer(missing)), .init("cases_opened", .integer(casesOpened)),
                .init("awaiting_confirmation", .integer(awaiting)),
            ]
        )
    }
}
