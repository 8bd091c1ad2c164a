/// Where the database is and how long its calls may take.
public struct DatabaseOptions: Sendable {
    /// A `postgresql://` URI or a `key=value` connection string, as libpq reads it, `sslmode=verify-full` and all.
    public var url: String
    /// Connections at most.
    public var poolSize = 8
    /// Tasks that may wait for a connection at most; one more is refused at once.
    public var maximumWaiters = 1000
    /// How long a task waits for a connection.
    public var acquireTimeout: Duration = .seconds(5)
    public var connectTimeoutSeconds = 5
    /// Bounds on a statement, a wait for a lock and a transaction left open; PostgreSQL's own settings, in milliseconds.
    public var statementTimeoutMilliseconds = 30_000
    public var lockTimeoutMilliseconds = 10_000
    public var idleInTransactionTimeoutMilliseconds = 30_000
    /// Shown in `pg_stat_activity`.
    public var applicationName = "khop"
    /// Further settings of PostgreSQL for every connection, by name: plain words, written by the program alone.
    public var settings: [(name: String, value: String)] = []

    public init(url: String) { self.url = url }

    /// What libpq is told; the settings stand beside the URI, never inside it.
    var keywords: [(String, String)] {
        [
            ("dbname", url),
            ("connect_timeout", String(connectTimeoutSeconds)),
            ("fallback_application_name", applicationName),
            ("client_encoding", "UTF8"),
            ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
            (
                "options",
                "-c statement_timeout=\(statementTimeoutMilliseconds) -c lock_timeout=\(lockTimeoutMilliseconds)"
                    + " -c idle_in_transaction_session_timeout=\(idleInTransactionTimeoutMilliseconds)"
                    + " -c timezone=UTC -c client_min_messages=warning"
                    + settings.map { " -c \($0.name)=\($0.value)" }.joined()
            ),
        ]
    }
}
