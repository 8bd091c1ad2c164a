/// How to reach the database, and the limits of its calls.
public struct DatabaseOptions: Sendable {
    /// A `postgresql://` URI or a `key=value` connection string with any of libpq's options, such as
    /// `sslmode=verify-full`.
    public var url: String
    /// The most connections in the pool.
    public var poolSize = 8
    /// The most tasks that may wait for a connection; any more are refused immediately.
    public var maximumWaiters = 1000
    /// The longest a task waits for a connection.
    public var acquireTimeout: Duration = .seconds(5)
    public var connectTimeoutSeconds = 5
    /// Timeouts, enforced by PostgreSQL, for a statement, for waiting on a lock, and for a transaction left idle.
    public var statementTimeoutMilliseconds = 30_000
    public var lockTimeoutMilliseconds = 10_000
    public var idleInTransactionTimeoutMilliseconds = 30_000
    /// Shown in `pg_stat_activity`.
    public var applicationName = "khop"
    /// Further PostgreSQL settings for every connection, by name. Values are plain words and never come from outside.
    ///
    /// Nothing is compiled at run time: a page's statement over millions of rows is estimated to be worth it, and then takes
    /// hundreds of milliseconds to compile and ten to run.
    public var settings: [(name: String, value: String)] = [("jit", "off")]

    /// Who is told of statements that take long; `nil`: nobody.
    public var slowStatements: SlowStatements?

    public init(url: String) { self.url = url }

    /// The parameters for libpq; settings are passed beside the URI, never inside it.
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

extension DatabaseOptions {
    /// The connection string as it may be shown, a URI or `name=value` pairs: any password in it is `***`.
    public var urlWithoutPassword: String {
        guard let scheme = url.firstRange(of: "://") else {
            // What stands in quotes may contain spaces and escaped quotes.
            return url.replacing(/(?i)\b((?:ssl)?password\s*=\s*)('(\\.|[^'\\])*'|(\\.|[^\s\\])*)/) { "\($0.1)***" }
        }
        var rest = url[scheme.upperBound...]
        var shown = String(url[..<scheme.upperBound])
        // The last @ of the authority: libpq takes passwords that hold one.
        let authority = rest.prefix { !"/?#".contains($0) }
        if let at = authority.lastIndex(of: "@") {
            let user = authority[..<at].prefix { $0 != ":" }
            shown += user + (user.endIndex == at ? "@" : ":***@")
            rest = rest[rest.index(after: at)...]
        }
        guard let question = rest.firstIndex(of: "?") else { return shown + rest }
        let parameters = rest[rest.index(after: question)...].split(separator: "&").map { parameter -> Substring in
            let name = parameter.prefix { $0 != "=" }
            return ["password", "sslpassword"].contains(name.lowercased()) ? name + "=***" : parameter
        }
        return shown + rest[..<question] + "?" + parameters.joined(separator: "&")
    }
}
