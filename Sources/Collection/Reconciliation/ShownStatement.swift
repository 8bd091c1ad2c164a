public import Values
public import Workflow

/// A statement with what became of its lines.
public struct ShownStatement: Sendable {
    public let statement: StoredStatement
    public let outcomes: [LineCount]
    /// The lines that wait for another person's confirmation.
    public let awaiting: AwaitingRecoveries

    /// The outcomes of lines, in display order.
    public static let outcomeNames = [
        "matched", "recovered", "grouped", "amount_mismatch", "duplicate_line", "unmatched", "awaiting_confirmation",
        LineCount.notReconciled,
    ]

    /// The number of credit lines a statement must have before it is reported as matching little.
    static let fewestCredits = 10

    /// How many lines have an outcome; lines that an earlier statement contained are counted there.
    public func lines(_ outcome: String) -> Int {
        outcomes.filter { $0.outcome == outcome }.reduce(0) { $0 + $1.lines }
    }

    /// Why this may not be a statement of the account: fewer than half of the credit lines considered had a notice, a
    /// reference or a known payment. `nil` if enough had, or if too few lines were considered.
    public var matchesLittle: Reason? {
        let credits = outcomes.filter { $0.isCredit && $0.outcome != LineCount.notReconciled }
        let seen = credits.reduce(0) { $0 + $1.lines }
        let found = credits.filter { $0.outcome != "unmatched" }.reduce(0) { $0 + $1.lines }
        guard seen >= Self.fewestCredits, found * 2 < seen else { return nil }
        return .statementMatchesLittle(
            statement: statement.id,
            account: statement.account,
            found: found,
            lines: seen
        )
    }

    /// The warning that lines wait for another person, if any do.
    public var awaits: Reason? {
        guard awaiting.lines > 0 else { return nil }
        return .recoveriesAwait(statement: statement.id, lines: awaiting.lines, total: awaiting.total)
    }

    public var warnings: [Reason] { statement.warnings + [awaits, matchesLittle].compactMap { $0 } }

    /// The statement as it is returned and printed.
    public func json(in language: Language) -> JSON {
        let counts = Self.outcomeNames.map { JSON.Member($0, .integer(lines($0))) }
        return .object(
            statement.members(in: language) + [
                .init("outcomes", .object(counts)), .init("awaiting", awaiting.json),
                .init("warnings", .array(warnings.map { $0.warning(in: language) })),
            ]
        )
    }
}
