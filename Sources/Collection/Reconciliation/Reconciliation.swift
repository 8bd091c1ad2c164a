import Postgres
public import Values

/// Reconciles the books with the bank's statements.
public struct Reconciliation: Sendable {
    let database: Database
    /// Connections of their own.
    let runs: Database
    let graceSeconds: Int64

    init(_ database: Database, runs: Database, graceSeconds: Int64) {
        self.database = database
        self.runs = runs
        self.graceSeconds = graceSeconds
    }

    /// One run and the counts of the lines that it classified.
    public struct Run: Sendable {
        public let id: Int64
        public let accountNumber: String
        public let through: Day
        public let startedAt: Instant
        public let finishedAt: Instant?
        public let startedBy: String
        public let counts: JSON?

        /// What `khop reconcile --json` prints and the API returns.
        public var json: JSON {
            var members: [JSON.Member] = [
                .init("run_id", .integer(id)), .init("account_number", .string(accountNumber)),
                .init("through", .text(through)), .init("started_at", .text(startedAt)),
                .init("finished_at", .optional(finishedAt?.description)), .init("started_by", .string(startedBy)),
            ]
            members += Reconciliation.outcomes.map { name in .init(name, counts?[name] ?? .integer(0)) }
            return .object(members)
        }
    }

    /// The counts of a run, in display order.
    public static let outcomes = [
        "matched", "recovered", "grouped", "amount_mismatch", "duplicate_line", "unmatched", "missing_at_bank",
        "cases_opened", "awaiting_confirmation",
    ]

    /// Classifies, in one transaction, every line of the account up to and including a day that has no outcome yet.
    public func run(account: String, through: Day, by: String) async throws -> Run {
        try await Accounts.require(account, in: database)
        let grace = graceSeconds
        let id = try await runs.transaction { tx in
            let now = Instant.now()
            // No statement is imported meanwhile, so that later lines get higher ids than those seen here. A concurrent
            // run waits and then finds nothing to do.
            try Locks.statements(of: account, tx)
            try Locks.reconciliation(of: account, tx)
            let id = try tx.query(
                """
                insert into reconciliation_run (account_number, through, started_at, started_by)
                values (\(account), \(through)::date, \(now)::timestamptz, \(by)) returning id
                """
            ).row().get(0, as: Int64.self)
            let run = ReconciliationRun(id: id, account: account, through: through, now: now, graceSeconds: grace)
            let counts = try run.run(in: tx)
            try tx.query(
                """
                update reconciliation_run set finished_at = clock_timestamp(), counts = \(counts.json)::jsonb
                where id = \(id)::bigint
                """
            )
            return id
        }
        return try await find(id)
    }

    /// The run of an id, or throws `notFound`.
    public func find(_ id: Int64) async throws -> Run {
        let rows = try await database.query(
            """
            select account_number, through, started_at, finished_at, started_by, counts from reconciliation_run
            where id = \(id)::bigint
            """
        )
        guard let row = rows.first else { throw ServiceError(.notFound, .none(.reconciliation, id)) }
        let (account, through, startedAt, finishedAt, by, counts) = try row.decode(
            String.self,
            Day.self,
            Instant.self,
            Instant?.self,
            String.self,
            JSON?.self
        )
        return Run(
            id: id,
            accountNumber: account,
            through: through,
            startedAt: startedAt,
            finishedAt: finishedAt,
            startedBy: by,
            counts: counts
        )
    }
}

/// The bank accounts that agencies are paid on.
enum Accounts {
    /// Throws `invalidParameter` if no agency is paid on the account.
    static func require(_ number: String, in database: Database) async throws {
        _ = try await bank(of: number, in: database)
    }

    /// The BIN of the bank that holds an account; throws as ``require(_:in:)`` does.
    static func bank(of number: String, in database: Database) async throws -> String {
        let rows = try await database.query("select bank_bin from bank_account where account_number = \(number)")
        if let bank = rows.first { return try bank.get(0) }
        let known = try await database.query("select account_number from bank_account order by 1 limit 5")
        let names = try known.map { try $0.get(0, as: String.self) }.joined(separator: ", ")
        throw ServiceError(
            .invalidParameter,
            at: "account_number",
            Phrase(
                vi: "không có cơ quan nào thu vào tài khoản \(number.prefix(40)): "
                    + (names.isEmpty ? "hãy nhập danh mục trước" : "các tài khoản: \(names), … (agencies.csv)"),
                en: "no agency collects on the account \(number.prefix(40)): "
                    + (names.isEmpty ? "import a catalogue first" : "known are \(names), … (agencies.csv)")
            )
        )
    }
}
