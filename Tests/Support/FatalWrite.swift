public import Postgres

/// Counts what connections for long work write, and stops one of them at a write that was chosen: the place where a run dies
/// is the same in every run of a test.
public struct FatalWrite: Sendable {
    private let database: Database

    /// What becomes of the connection at that write.
    public enum Blow: String, Sendable {
        /// PostgreSQL ends its backend.
        case terminate = "perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(60)"
        /// It waits for a lock, `HeldLock("stop", of: "here", …)`.
        case wait = "perform pg_advisory_xact_lock(hashtextextended('stop:here', 0))"
    }

    private static let tables = [
        "bank_notice", "clearing_item", "ledger_transfer", "line_notice", "line_outcome", "payment_request",
        "recovery_proposal", "reconciliation_case", "reconciliation_state", "refund", "unconfirmed_notice",
    ]

    /// Installs the triggers; nothing is stopped yet.
    public init(_ database: Database, _ blow: Blow) async throws {
        self.database = database
        let counts = [("reconciliation_run", "update of counts")]
        let written = Self.tables.map { ($0, "insert or update or delete") } + counts
        let triggers = written.map { table, events in
            "create trigger zz_fatal after \(events) on \(table) for each statement execute function fatal_write();\n"
        }
        try await database.scriptAsOwner(
            """
            create table fatal_place (place bigint);
            insert into fatal_place values (0);
            create sequence fatal_count;
            create function fatal_write() returns trigger language plpgsql as $$
            begin
                if current_setting('application_name') like '% runs' and nextval('fatal_count') = (
                    select place from fatal_place)
                then \(blow.rawValue); end if;
                return null;
            end $$;
            \(triggers.joined())
            grant select, update on fatal_place to khop_app;
            grant select, update on sequence fatal_count to khop_app;
            """
        )
    }

    /// Chooses a write, counted from now on, from 1; 0 for none.
    public func choose(_ place: Int) async throws {
        _ = try await database.query("update fatal_place set place = \(place)::bigint")
        _ = try await database.query("select setval('fatal_count', 1, false)")
    }

    /// How many writes there were since a place was chosen.
    public func writes() async throws -> Int {
        try await database.query(
            "select case when is_called then last_value else 0 end from fatal_count"
        ).row().get(0)
    }

    /// Whether a connection waits at the chosen write.
    public func isReached() async throws -> Bool {
        try await !database.query(
            """
            select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
                and application_name like '% runs'
            """
        ).isEmpty
    }
}
