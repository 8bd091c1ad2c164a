import Matching
import Postgres
import Values

/// Carries a run out in steps, each of which commits by itself: callbacks get in between, and a run that dies leaves what it
/// has written; the next one goes on from there, because it looks at what is open.
struct RunConductor {
    private let run: ReconciliationRun
    private let steps: RunSteps
    private let database: Database
    /// It holds the account's lock.
    private let connection: Connection
    private var counts = RunCounts()
    private var committed = 0
    /// The lines that were open when it began.
    private var total = 0
    private let progress: (@Sendable (RunProgress) -> Void)?
    /// When the lock of settlement was last given back.
    private var freed: ContinuousClock.Instant?

    /// - Parameter progress: receives how far it has come after each step.
    init(
        _ run: ReconciliationRun,
        _ steps: RunSteps,
        _ database: Database,
        _ connection: Connection,
        progress: (@Sendable (RunProgress) -> Void)? = nil
    ) {
        (self.run, self.steps, self.database, self.connection) = (run, steps, database, connection)
        self.progress = progress
    }

    /// Runs the passes of docs/money-rules.md in their order; a second run finds nothing to do.
    mutating func carryOut() async throws {
        let (run, size) = (run, steps.lines)
        let beginning = try await step { tx in (try run.begin(tx), RunCounts()) }
        let open = try await read { tx in try run.open(beginning, tx) }
        total = open.heads.lines.count
        tell()
        try await writePairs(of: open)
        var (rest, notices) = try await read { tx in try run.rest(of: open, size, tx) }
        var seen = beginning.end.notice
        for part in rest.parts {
            try await judge(part.map { rest.lines[$0] }, beginning, rest, &notices, &seen)
        }
        if !rest.joint.isEmpty {
            try await judge(rest.joint.map { rest.lines[$0] }, beginning, rest, &notices, &seen, isLast: true)
        }
        try await writeMissing(notices.open, recorded: notices.recorded, rest.terms)
        try await finish(beginning, rest.terms, seen: seen)
    }

    private mutating func writePairs(of open: ReconciliationRun.Open) async throws {
        let (run, pairs) = (run, open.exact.pairs)
        for start in stride(from: 0, to: pairs.count, by: steps.pairs) {
            let part = pairs[start..<min(start + steps.pairs, pairs.count)]
            try await step { tx in
                try run.write(part, of: open.heads, tx)
                return ((), RunCounts(matched: part.count))
            }
        }
    }

    /// - Parameters:
    ///   - seen: the last notice that was looked for.
    ///   - isLast: whether these are the last lines.
    private mutating func judge(
        _ lines: [Line],
        _ beginning: ReconciliationRun.Beginning,
        _ rest: ReconciliationRun.Rest,
        _ notices: inout OpenNotices,
        _ seen: inout Int64,
        isLast: Bool = false
    ) async throws {
        var known = notices.linked(to: lines, requests: rest.requests)
        if isLast {
            let others = Set(known.map(\.id))
            known += notices.reported(by: Set(rest.terms.gateways.keys), through: run.through)
                .filter { !others.contains($0.id) }
        }
        let judged = JudgedLines(
            run: run,
            terms: rest.terms,
            books: beginning.books,
            lines: lines,
            notices: known,
            recorded: notices.recorded,
            seen: seen,
            isLast: isLast
        )
        let result = try await step(isLocking: true) { tx in
            let result = try judged.judge(tx)
            return (result, result.counts)
        }
        notices.add(result.late)
        notices.close(result.shown)
        seen = result.late.last
    }

    /// Only a run decides whether a callback has its line, so nobody has to wait for this.
    private mutating func writeMissing(
        _ open: [OpenNotice],
        recorded: Set<Int64>,
        _ terms: MatchingReader.Terms
    ) async throws {
        let run = run
        let missing = MatchingPasses.missingPayments(among: open, through: run.through, terms.calendar)
        let overdue = Dictionary(uniqueKeysWithValues: missing.map { ($0.notice.id, $0) })
        let changed = open.filter { !recorded.contains($0.id) || overdue[$0.id] != nil }.sorted { $0.id < $1.id }
        for start in stride(from: 0, to: changed.count, by: steps.payments) {
            let part = Array(changed[start..<min(start + steps.payments, changed.count)])
            let missing = part.compactMap { overdue[$0.id] }
            try await step { tx in
                let written = try MissingPaymentsWriter(run: run).write(part, missing, tx)
                return ((), RunCounts(missing: written))
            }
        }
    }

    private mutating func finish(
        _ beginning: ReconciliationRun.Beginning,
        _ terms: MatchingReader.Terms,
        seen: Int64
    ) async throws {
        let (run, most) = (run, steps.lines)
        var seen = seen
        while true {
            let last = seen
            let finish = try await step(isLocking: true) { tx in
                let finish = try run.finish(beginning, terms, seen: last, most: most, tx)
                return (finish, RunCounts(missing: finish.missing))
            }
            if finish.isLast { return }
            seen = finish.seen
        }
    }

    /// Reads on the connection's own thread, which may take seconds.
    private func read<Value: Sendable>(_ body: @Sendable (borrowing Transaction) throws -> Value) async throws -> Value
    {
        try await database.retrying { try await connection.transaction(.readCommitted, body) }
    }

    /// One transaction that writes, with the counts of what it decided.
    ///
    /// - Parameter isLocking: whether settlement of the account waits for it.
    private mutating func step<Value: Sendable>(
        isLocking: Bool = false,
        _ body: @Sendable (borrowing Transaction) throws -> (Value, RunCounts)
    ) async throws -> Value {
        if isLocking { try await letOthersIn() }
        let (run, before, connection) = (run, counts, connection)
        let (value, after) = try await database.retrying {
            try await connection.transaction { tx in
                if isLocking { try Locks.settlement(of: run.account, tx) }
                let (value, more) = try body(tx)
                let counts = before + more
                try tx.query(
                    "update reconciliation_run set counts = \(counts.json)::jsonb where id = \(run.id)::bigint"
                )
                return (value, counts)
            }
        }
        if isLocking { freed = .now }
        counts = after
        committed += 1
        tell()
        try await steps.afterStep(committed)
        return value
    }

    private func tell() { progress?(RunProgress(decided: counts.lines, total: total, counts: counts.json)) }

    /// Callbacks that were put aside ask again every few milliseconds: they find the lock free for a moment at least.
    private func letOthersIn() async throws {
        guard let freed else { return }
        let left = steps.pause - (.now - freed)
        if left > .zero { try await Task.sleep(for: left) }
    }
}
