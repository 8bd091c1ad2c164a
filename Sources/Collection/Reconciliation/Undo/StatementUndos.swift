import Matching
import Postgres
public import Values
import Workflow

/// Takes back an import and what its run did, while nobody has relied on it; see ``StatementUndo``.
public struct StatementUndos: Sendable {
    private let database: Database
    private let work: Database
    private let runs: RunsUnderWay

    /// - Parameters:
    ///   - work: connections for long transactions.
    ///   - runs: the runs of this server.
    init(_ database: Database, work: Database, runs: RunsUnderWay) {
        self.database = database
        self.work = work
        self.runs = runs
    }

    /// The longest note.
    public static let longestNote = 500

    /// Undoes a statement: its postings are reversed on their days, its requests, refunds and cases are what they were
    /// before, and its lines count for nothing. Books and reports are then as before the import, and the file can be
    /// imported again.
    ///
    /// Meanwhile no run of the account begins, nothing is imported, and its callbacks wait.
    ///
    /// - Parameter note: why, 1 to ``longestNote`` characters.
    /// - Throws: `notFound`; `already-running`, at once and with the id of the run, if the account is being reconciled;
    ///   `conflict` with the reason that stands in the way.
    public func undo(_ statement: Int64, note: String, by person: Person) async throws -> UndoneStatement {
        let note = note.trimming()
        guard (1...Self.longestNote).contains(note.unicodeScalars.count) else {
            throw ServiceError(
                .invalidBody,
                at: "/note",
                Phrase(
                    vi: "hoàn tác phải ghi lý do, từ 1 đến \(Self.longestNote) ký tự",
                    en: "say in 1 to \(Self.longestNote) characters why the statement is undone"
                )
            )
        }
        let account = try await database.autocommit { tx in try WaitingRecoveries.account(of: statement, tx) }
        try await runs.refuse(account)
        return try await ServiceError.tellingRefusals {
            try await work.transaction { tx in
                try tx.script("set local statement_timeout = '30min'")
                // In the order in which a run takes them: it has the first one before it begins.
                try Reconciliation.excludeRuns(of: account, tx)
                try Locks.statements(of: account, tx)
                try Locks.settlement(of: account, tx)
                let reader = UndoReader(statement: statement, account: account)
                let facts = try reader.facts(tx)
                let plan = try StatementUndo.decide(facts)
                let writer = UndoWriter(reader: reader, person: person, note: note, now: .now())
                return try writer.write(plan, tx)
            }
        }
    }

    /// Reads the body of `POST /v1/statements/{id}/undo`: `{note}`.
    public static func note(_ json: JSON) throws -> String {
        var body = BodyReader(json)
        let note = body.text("note", 1...longestNote)
        try body.finish()
        return note
    }
}
