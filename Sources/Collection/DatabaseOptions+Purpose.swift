import Postgres

extension DatabaseOptions {
    /// Connections of settlement's own: banks are answered while everything else waits for a connection.
    ///
    /// Settlement looks a handful of rows up by their keys, whatever the tables' statistics say on an empty or a just loaded
    /// database: a plan that reads a table once and joins it looks cheap while the table is empty, and is kept while it fills.
    /// So these connections, which do nothing else, never choose one; and they plan each statement once.
    func forSettlement(connections: Int) -> DatabaseOptions {
        var options = self
        options.poolSize = connections
        options.applicationName += " settlement"
        options.settings += [
            ("enable_seqscan", "off"), ("enable_hashjoin", "off"), ("enable_mergejoin", "off"),
            ("enable_material", "off"),
            ("jit", "off"), ("plan_cache_mode", "force_generic_plan"),
        ]
        return options
    }

    /// Connections of their own for runs and imports, which take minutes and must not stand in anybody's way.
    ///
    /// A day's lines on top of years of them want other plans than a first million, so each statement is planned for its
    /// values; large sets are hashed in memory; a cursor is read to its end.
    func forLongWork(connections: Int = 2) -> DatabaseOptions {
        var options = self
        options.poolSize = connections
        options.applicationName += " runs"
        options.statementTimeoutMilliseconds = 15 * 60_000
        options.lockTimeoutMilliseconds = 15 * 60_000
        options.idleInTransactionTimeoutMilliseconds = 15 * 60_000
        options.acquireTimeout = .seconds(15 * 60)
        options.settings += [
            ("work_mem", "128MB"), ("jit", "off"), ("plan_cache_mode", "force_custom_plan"),
            ("cursor_tuple_fraction", "1"), ("random_page_cost", "1.1"),
        ]
        return options
    }
}
