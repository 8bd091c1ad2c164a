/// An error between this process and PostgreSQL.
///
/// `description` is safe to log: it names the SQLSTATE, the constraint and the statement's first words, never values.
/// `message` and `detail` may quote values from rows; they are for code that maps errors and are never sent to callers.
public struct PostgresError: Error, Sendable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        /// The server rejected a statement; `sqlState` says why.
        case server
        /// No connection could be made, or the current one was lost.
        case connection
        /// No connection was returned in time, or too many tasks are waiting already.
        case poolExhausted
        /// A value could not be sent, or a column could not be read as the requested type.
        case data
        /// The task was cancelled, and its statement with it.
        case cancelled
    }

    public let kind: Kind
    /// The server's code, such as `23505`; only for `server`.
    public let sqlState: SQLState?
    public let message: String
    public let detail: String?
    /// The name of the violated constraint, if any.
    public let constraint: String?
    /// The first words of the statement, for the log.
    public let statement: String?

    init(
        _ kind: Kind,
        _ message: String,
        sqlState: SQLState? = nil,
        detail: String? = nil,
        constraint: String? = nil,
        statement: String? = nil
    ) {
        self.kind = kind
        self.sqlState = sqlState
        self.message = message
        self.detail = detail
        self.constraint = constraint
        self.statement = statement
    }

    /// A stored value that the program cannot interpret, although the database's constraints should have prevented it.
    public static func unreadable(_ message: String) -> PostgresError { PostgresError(.data, message) }

    /// Whether the server had closed the connection before anything was sent, so that no statement can have run.
    var wasIdleClosed = false

    /// Whether the same work may succeed if it is repeated from the start.
    public var isTransient: Bool { sqlState == .serializationFailure || sqlState == .deadlockDetected }

    /// Whether somebody else held a lock for too long, or the statement took too long: nothing was done, and the same work may
    /// succeed later.
    public var isTimeout: Bool { sqlState == .lockNotAvailable || sqlState == .queryCanceled }

    /// Whether the database cannot be used at all at the moment: down, starting, a standby that is being promoted, or without a
    /// free connection.
    public var isUnavailable: Bool {
        switch kind {
        case .connection, .poolExhausted: true
        case .server where sqlState == .readOnlyTransaction: true
        case .server:
            sqlState.map { $0.code.hasPrefix("57P") || $0.code.hasPrefix("53") || $0.code.hasPrefix("08") } ?? false
        case .data, .cancelled: false
        }
    }

    /// True if no connection will ever be made as things are set up: the database, the user or the password is wrong, so that
    /// waiting is of no use. libpq gives no SQLSTATE for a connection that failed, only the server's words.
    public var isMisconfigured: Bool {
        guard kind == .connection else { return false }
        return message.contains("FATAL:")
            && [
                "does not exist", "password authentication failed", "Peer authentication failed",
                "no pg_hba.conf entry",
            ].contains {
                message.contains($0)
            }
    }

    public var description: String {
        switch kind {
        case .connection: "no connection to PostgreSQL: \(message)"
        case .poolExhausted: "no free connection to PostgreSQL: \(message)"
        case .data: "PostgreSQL value: \(message)"
        case .cancelled: "cancelled"
        case .server:
            "PostgreSQL \(sqlState?.code ?? "?")" + (constraint.map { " on \($0)" } ?? "")
                + (statement.map { " in \"\($0)\"" } ?? "")
        }
    }
}
