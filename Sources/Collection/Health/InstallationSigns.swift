public import Postgres
public import Values

/// What the database tells of how the installation is run: what is set up, what waits, what was given up.
public struct InstallationSigns: Sendable {
    /// A background job and what it remembers.
    public struct Job: Sendable {
        public let name: String
        public let value: String
        public let changedAt: Instant
    }

    /// An account that an agency is paid on.
    public struct Account: Sendable {
        public let number: String
        public let hasConnection: Bool
        public let lastNotice: Day?
        /// Through which day there are statements.
        public let lastStatement: Day?
    }

    /// A connection in use and the end of its certificate.
    public struct Certificate: Sendable {
        public let connection: String
        public let endsAt: Instant
    }

    /// The version in force; 0 for none.
    public let catalogue: Int
    public let accounts: [Account]
    /// Persons who are let in and hold the role everywhere or somewhere.
    public let clerks: Int64
    public let approvers: Int64
    /// Deliveries of events that are due or were given up, and the oldest of those due.
    public let waiting: Int64
    public let givenUp: Int64
    public let oldestWaiting: Instant?
    /// Runs that began and did not end.
    public let unfinishedRuns: Int64
    /// The connections whose bank signs with a certificate, and when that ends.
    public let certificates: [Certificate]
    public let jobs: [Job]
    public let server: String
    public let migrations: Int64

    /// Reads them.
    public static func read(_ database: Database) async throws -> InstallationSigns {
        try await database.read { tx in
            let deciders = try tx.query(
                """
                select count(distinct p.id) filter (where r.role = 'finance'),
                    count(distinct p.id) filter (where r.role = 'approver')
                from person p join person_role r on r.person_id = p.id and r.ended_at is null
                    and (r.until is null or r.until > now())
                where p.disabled_at is null
                """
            ).row().decode(Int64.self, Int64.self)
            let events = try tx.query(
                """
                select count(*) filter (where state = 'pending'), count(*) filter (where state = 'dead'),
                    min(next_attempt_at) filter (where state = 'pending' and attempts > 0)
                from event_delivery where state in ('pending', 'dead')
                """
            ).row().decode(Int64.self, Int64.self, Instant?.self)
            return InstallationSigns(
                catalogue: try tx.query("select coalesce(max(id), 0)::bigint from catalogue_version").row().get(0),
                accounts: try accounts(tx),
                clerks: deciders.0,
                approvers: deciders.1,
                waiting: events.0,
                givenUp: events.1,
                oldestWaiting: events.2,
                unfinishedRuns: try tx.query(
                    """
                    select count(*) from reconciliation_run
                    where finished_at is null and started_at < now() - interval '1 hour'
                    """
                ).row().get(0),
                certificates: try tx.query(
                    """
                    select c.name, s.ends_at from connection c cross join lateral (
                        select ends_at from connection_secret
                        where connection_id = c.id and retired_at is null order by id desc limit 1) s
                    where c.disabled_at is null and s.ends_at is not null order by s.ends_at, c.name
                    """
                ).map { Certificate(connection: try $0.get(0), endsAt: try $0.get(1)) },
                jobs: try tx.query("select name, value, changed_at from job_state order by name").map { row in
                    Job(name: try row.get(0), value: try row.get(1), changedAt: try row.get(2))
                },
                server: try tx.query("select current_setting('server_version')").row().get(0),
                migrations: try tx.query("select max(version)::bigint from schema_migration").row().get(0)
            )
        }
    }

    private static func accounts(_ tx: borrowing Transaction) throws -> [Account] {
        try tx.query(
            """
            select a.account_number,
                exists (select 1 from connection c where c.account_number = a.account_number and c.disabled_at is null),
                (select max(b.booked_on) from bank_notice b where b.account_number = a.account_number),
                (select max(s.last_day) from statement s
                    where s.account_number = a.account_number and s.undone_at is null)
            from bank_account a
            where exists (select 1 from agency g where g.account_number = a.account_number and g.ended_in is null)
            order by 1
            """
        ).map { row in
            Account(
                number: try row.get(0),
                hasConnection: try row.get(1),
                lastNotice: try row.get(2),
                lastStatement: try row.get(3)
            )
        }
    }
}
