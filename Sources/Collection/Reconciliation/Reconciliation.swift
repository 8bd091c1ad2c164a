import Postgres
public import Values
import Workflow

/// Reconciles the books with the bank's statements.
public struct Reconciliation: Sendable {
    let database: Database
    /// Connections of their own.
    let runs: Database
    let graceSeconds: Int64
    private let steps: RunSteps
    let underWay = RunsUnderWay()

    init(_ database: Database, runs: Database, graceSeconds: Int64, steps: RunSteps) {
        self.database = database
        self.runs = runs
        self.graceSeconds = graceSeconds
        self.steps = steps
    }

    /// One run and the counts of the lines that it classified.
    public struct Run: Sendable {
        public let id: Int64
        public let accountNumber: String
        public let through: Day
        public let startedAt: Instant
        public let finishedAt: Instant?
        public let startedBy: String
        /// Of a run that is not finished, of what it has written.
        public let counts: JSON?
        /// The first of the runs that ended without being finished, if this one went on with what they had left.
        public let continues: Int64?

        /// What `khop reconcile --json` prints and the API returns.
        public var json: JSON {
            var members: [JSON.Member] = [
                .init("run_id", .integer(id)), .init("account_number", .string(accountNumber)),
                .init("through", .text(through)), .init("started_at", .text(startedAt)),
                .init("finished_at", .optional(finishedAt?.description)), .init("started_by", .string(startedBy)),
            ]
            if let continues { members.append(.init("continues", .integer(continues))) }
            members += Reconciliation.outcomes.map { name in .init(name, counts?[name] ?? .integer(0)) }
            return .object(members)
        }
    }

    /// The counts of a run, in display order.
    public static let outcomes = [
        "matched", "recovered", "grouped", "amount_mismatch", "duplicate_line", "unmatched", "missing_at_bank",
        "cases_opened", "awaiting_confirmation",
    ]

    /// Classifies every line of the account, up to and including a day, that has no outcome yet.
    ///
    /// A run that is ended before it has finished leaves what its steps have committed; the next run goes on from there.
    ///
    /// - Parameter progress: receives how far it has come after each step that was committed.
    /// - Throws: `already-running`, at once and with the id of the run, if the account is being reconciled.
    public func run(
        account: String,
        through: Day,
        by actor: Person,
        progress: (@Sendable (RunProgress) -> Void)? = nil
    ) async throws -> Run {
        try await Accounts.require(account, in: database)
        try await underWay.admit(account)
        defer { underWay.ended(account) }
        let id = try await runs.session { connection in
            try await Reconciliation.exclusively(account, connection) {
                try await write(account, through: through, by: actor, connection, progress)
            }
        }
        return try await find(id)
    }

    private func write(
        _ account: String,
        through: Day,
        by actor: Person,
        _ connection: Connection,
        _ progress: (@Sendable (RunProgress) -> Void)?
    ) async throws -> Int64 {
        let now = Instant.now()
        let id = try await Reconciliation.begin(account, through: through, by: actor, now: now, connection)
        underWay.began(account, id)
        let run = ReconciliationRun(
            id: id,
            account: account,
            through: through,
            now: now,
            graceSeconds: graceSeconds,
            by: actor
        )
        var conductor = RunConductor(run, steps, runs, connection, progress: progress)
        do {
            try await conductor.carryOut()
        } catch {
            // The error that ended the run is the one to throw; the next run marks what this cannot.
            do {
                _ = try await connection.query(
                    "update reconciliation_run set abandoned_at = clock_timestamp() where id = \(id)::bigint"
                )
            } catch {}
            throw error
        }
        return id
    }

    /// The run of an id, or throws `notFound`.
    public func find(_ id: Int64) async throws -> Run {
        let rows = try await database.query(
            """
            select account_number, through, started_at, finished_at, started_by, counts,
                continues from reconciliation_run
            where id = \(id)::bigint
            """
        )
        guard let row = rows.first else { throw ServiceError(.notFound, .none(.reconciliation, id)) }
        let (account, through, startedAt, finishedAt, by, counts, continues) = try row.decode(
            String.self,
            Day.self,
            Instant.self,
            Instant?.self,
            String.self,
            JSON?.self,
            Int64?.self
        )
        return Run(
            id: id,
            accountNumber: account,
            through: through,
            startedAt: startedAt,
            finishedAt: finishedAt,
            startedBy: by,
            counts: counts,
            continues: continues
        )
    }
}
