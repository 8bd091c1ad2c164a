public import Postgres

extension DatabaseOptions {
    /// Connections reserved for settlement: banks are answered even if everything else waits for a connection.
    ///
    /// Settlement looks up a few rows by their keys. On an empty or newly loaded database the statistics make a plan
    /// that scans a table and joins it look cheap, and such a plan is kept while the table fills. These connections,
    /// which do nothing else, therefore never choose one, and they plan each statement once.
    func forSettlement(connections: Int) -> DatabaseOptions {
        var options = self
        options.poolSize = connections
        options.applicationName += " settlement"
        // A batch that waits for one request's row is halved until that notice is alone, and each half waits again: what
        // is held for long must not add up for its neighbours. The bank sends the notice again.
        options.lockTimeoutMilliseconds = min(options.lockTimeoutMilliseconds, 1000)
        options.settings += [
            ("enable_seqscan", "off"), ("enable_hashjoin", "off"), ("enable_mergejoin", "off"),
            ("enable_material", "off"),
            ("plan_cache_mode", "force_generic_plan"),
        ]
        return options
    }

    /// Connections to a standby that reports are read from. One that is gone must not hold a report up for long: the primary
    /// answers then.
    public func forReports() -> DatabaseOptions {
        var options = self
        options.applicationName += " reports"
        options.connectTimeoutSeconds = min(options.connectTimeoutSeconds, 2)
        return options
    }

    /// Connections reserved for runs and imports, which take minutes and must not delay anything else.
    ///
    /// A day's lines after years of others need different plans than a first million, so each statement is planned for
    /// its values; large sets are hashed in memory; a cursor is read to its end. What they write is handed to the disk as it
    /// comes: left to the system's cache, hundreds of megabytes are written when the next callback commits, which then waits
    /// for more than half a second.
    func forLongWork(connections: Int = 2) -> DatabaseOptions {
        var options = self
        options.poolSize = connections
        options.applicationName += " runs"
        options.statementTimeoutMilliseconds = 15 * 60_000
        options.lockTimeoutMilliseconds = 15 * 60_000
        options.idleInTransactionTimeoutMilliseconds = 15 * 60_000
        options.acquireTimeout = .seconds(15 * 60)
        // A step of a run takes seconds by nature.
        options.slowStatements?.milliseconds *= 60
        options.settings += [
            ("work_mem", "128MB"), ("plan_cache_mode", "force_custom_plan"),
            ("cursor_tuple_fraction", "1"), ("random_page_cost", "1.1"), ("backend_flush_after", "512kB"),
        ]
        return options
    }
}
