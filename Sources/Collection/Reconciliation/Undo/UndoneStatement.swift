public import Values

/// What undoing a statement took back.
public struct UndoneStatement: Sendable {
    public let statementID: Int64
    /// The lines that count no longer.
    public let lines: Int
    /// The postings that were reversed.
    public let postings: Int
    /// The requests that are to be paid again.
    public let requests: Int
    /// The refunds that no line confirms any more.
    public let refunds: Int
    /// The orders to the Treasury that no line confirms any more.
    public let remittances: Int
    /// The cases that ended, and those that are open again.
    public let casesClosed: Int
    public let casesReopened: Int
    public let note: String

    /// What `khop statement undo --json` prints and the API returns.
    public var json: JSON {
        [
            "statement_id": .integer(statementID), "lines": .integer(lines), "postings_reversed": .integer(postings),
            "requests_unpaid": .integer(requests), "refunds_unconfirmed": .integer(refunds),
            "remittances_unconfirmed": .integer(remittances),
            "cases_closed": .integer(casesClosed), "cases_reopened": .integer(casesReopened), "note": .string(note),
        ]
    }
}
