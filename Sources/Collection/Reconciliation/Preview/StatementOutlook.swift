import Matching
import Postgres
import Values
import Workflow

/// What would become of a file's new lines if the account were reconciled through its last day now.
struct StatementOutlook: Sendable {
    /// How many of the new lines would have which outcome.
    private(set) var outcomes: [LineOutcome: Int] = [:]
    /// How many of those recovered would wait for another person.
    private(set) var awaiting = 0
    private(set) var samples: [LineOutcome: [Sample]] = [:]
    /// What the run would count, with the lines and notices that were open before.
    let run: JSON

    /// How many lines of an outcome are shown.
    static let samplesOfEach = 20

    /// One line, and why it would have its outcome.
    struct Sample: Sendable {
        let number: Int
        let line: Line
        let pass: PassName
        let reason: Reason

        func json(in language: Language) -> JSON {
            [
                "line": .integer(number), "booked_at": .text(line.bookedAt), "amount": .money(line.amount),
                "transaction_id": .optional(line.transactionID), "memo": .string(line.memo),
                "pass": .string(pass.rawValue), "code": .string(reason.code.rawValue),
                "sentence": .string(reason.outlook(in: language)),
            ]
        }
    }

    init(_ decided: MatchingRehearsal.Decided, of incoming: IncomingLines, _ tx: borrowing Transaction) throws {
        run = decided.counts.json
        try addPairs(decided, incoming, tx)
        let decisions = decided.items.decisions.filter { incoming.contains($0.lineID) }
        for decision in decisions.sorted(by: { incoming.number(of: $0.lineID) < incoming.number(of: $1.lineID) }) {
            outcomes[decision.outcome, default: 0] += 1
            if decision.awaitsConfirmation { awaiting += 1 }
            guard let line = decided.items.decidedLines[decision.lineID] else { continue }
            add(
                Sample(
                    number: incoming.number(of: decision.lineID),
                    line: line,
                    pass: decision.pass,
                    reason: decision.reason
                ),
                to: decision.outcome
            )
        }
    }

    /// The lines that the exact match would take; there may be a million of them.
    private mutating func addPairs(
        _ decided: MatchingRehearsal.Decided,
        _ incoming: IncomingLines,
        _ tx: borrowing Transaction
    ) throws {
        let (heads, exact) = (decided.heads, decided.exact)
        var shown: [Int64: OpenNotice] = [:]
        for pair in exact.pairs where incoming.contains(heads.lines[pair.line].id) {
            outcomes[.matched, default: 0] += 1
            if shown.count < Self.samplesOfEach { shown[heads.lines[pair.line].id] = heads.notices[pair.notice] }
        }
        let lines = try incoming.lines(Array(shown.keys), isTrusted: false, tx)
        for line in lines.sorted(by: { incoming.number(of: $0.id) < incoming.number(of: $1.id) }) {
            guard let notice = shown[line.id] else { continue }
            add(
                Sample(
                    number: incoming.number(of: line.id),
                    line: line,
                    pass: .transactionID,
                    reason: .lineMatchesNotice(transaction: notice.bankReference, amount: line.amount)
                ),
                to: .matched
            )
        }
    }

    private mutating func add(_ sample: Sample, to outcome: LineOutcome) {
        if samples[outcome, default: []].count < Self.samplesOfEach { samples[outcome, default: []].append(sample) }
    }
}
