import Postgres
public import Values

/// Automatic reconciliation by the service.
public struct ReconciliationSchedule: Sendable {
    /// When it runs.
    public struct Times: Sendable {
        /// How many seconds after its import the service reconciles a statement that nobody has reconciled; 0 for
        /// never.
        public var afterImport: Int64 = 600
        /// Seconds after midnight, Vietnamese time, at which every account is reconciled through the day before.
        public var daily: Int64 = 6 * 3600 + 1800

        public init() {}
    }

    private let database: Database
    private let reconciliation: Reconciliation
    private let times: Times

    init(_ database: Database, reconciliation: Reconciliation, times: Times) {
        self.database = database
        self.reconciliation = reconciliation
        self.times = times
    }

    /// Runs what is due now and returns the runs. Of several servers only one does the daily work: it claims the work
    /// in the database, and the claim lapses, so that another server finishes what a dead one left undone.
    ///
    /// An account that cannot be reconciled does not stop the others; the first error is thrown after all of them.
    @discardableResult
    public func runDue(now: Instant = .now()) async throws -> [Reconciliation.Run] {
        var due: [(account: String, through: Day)] = []
        if times.afterImport > 0 {
            let since = now.adding(seconds: -times.afterImport)
            let rows = try await database.query(
                """
                select s.account_number, max(s.last_day) from statement s
                where s.imported_at <= \(since)::timestamptz and s.imported_at > \(since)::timestamptz - interval '3 days'
                    and s.last_day is not null and s.undone_at is null and not exists (
                        select 1 from reconciliation_run r
                        where r.account_number = s.account_number and r.started_at > s.imported_at
                            and r.finished_at is not null)
                group by 1 order by 1
                """
            )
            due += try rows.map { (try $0.get(0), try $0.get(1)) }
        }
        let today = now.day
        let begin = today.start.adding(seconds: times.daily)
        if now >= begin, try await claim(today) {
            // Also accounts without a statement: their payments are missing at the bank once their expected-by date has
            // passed.
            let rows = try await database.query(
                """
                select a.account_number from bank_account a
                where (exists (select 1 from statement s where s.account_number = a.account_number
                            and s.undone_at is null)
                        or exists (select 1 from bank_notice b where b.account_number = a.account_number))
                    and not exists (
                        select 1 from reconciliation_run r
                        where r.account_number = a.account_number and r.through >= \(today.previous)::date
                            and r.started_at >= \(begin)::timestamptz and r.finished_at is not null)
                order by 1
                """
            )
            due += try rows.map { (try $0.get(0), today.previous) }
        }
        var runs: [Reconciliation.Run] = []
        var failure: (any Error)?
        for (account, through) in due {
            do {
                runs.append(try await reconciliation.run(account: account, through: through, by: .system))
                _ = try await database.query(
                    "update job_state set changed_at = now() where name = 'daily_reconciliation'"
                )
            } catch let error as ServiceError where error.code == .alreadyRunning {
                // Somebody else does the work.
                continue
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return runs
    }

    /// The first server to ask claims a day; another may claim it ten minutes after the last sign of work.
    private func claim(_ day: Day) async throws -> Bool {
        try await !database.query(
            """
            insert into job_state as j (name, value) values ('daily_reconciliation', \(day.description))
            on conflict (name) do update set value = excluded.value, changed_at = now()
                where j.value < excluded.value
                    or (j.value = excluded.value and j.changed_at < now() - interval '10 minutes')
            returning 1
            """
        ).isEmpty
    }
}
