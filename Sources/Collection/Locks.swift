import Postgres

/// The locks that are not rows, named here and nowhere else.
///
/// They are PostgreSQL's advisory locks, held until the transaction ends. Whoever takes several takes them in the order
/// in which they stand here, and rows after them: a case, its money, a refund, then requests in the order of their ids.
/// Settlement alone is locked after the rows of a case, by who holds ``shareReconciliation(ofCase:_:)``: then no
/// reconciliation of the account runs, and nobody else keeps settlement from them.
///
/// One more stands elsewhere: migrators exclude one another by `Migrator.lockKey`, on a connection that does nothing
/// else.
enum Locks {
    /// One import of the catalogue at a time.
    static func catalogue(_ tx: borrowing Transaction) throws {
        // "cata" in ASCII.
        try tx.query("select 1 from (select pg_advisory_xact_lock(\(0x6361_7461)::bigint)) as locked")
    }

    /// One change of connections' secrets at a time, so that none is given to two of them.
    static func secrets(_ tx: borrowing Transaction) throws {
        // "secr" in ASCII.
        try tx.query("select 1 from (select pg_advisory_xact_lock(\(0x7365_6372)::bigint)) as locked")
    }

    /// One import of an account's statements at a time, and none while it is reconciled: lines come after those seen.
    static func statements(of account: String, _ tx: borrowing Transaction) throws {
        try lock("statement:" + account, tx)
    }

    /// One reconciliation of an account at a time, and none while a day of it is signed off or what it recovered is confirmed.
    static func reconciliation(of account: String, _ tx: borrowing Transaction) throws {
        try lock("reconcile:" + account, tx)
    }

    /// No reconciliation of a case's account while a person acts on the case: neither would see what the other finds a
    /// line to be. Several persons may act at once.
    static func shareReconciliation(ofCase id: Int64, _ tx: borrowing Transaction) throws {
        try tx.query(
            """
            select pg_advisory_xact_lock_shared(hashtextextended('reconcile:' || account_number, 0))
            from reconciliation_case where id = \(id)::bigint
            """
        )
    }

    /// One payment file of an account at a time, so that no refund gets into two.
    static func paymentFile(of account: String, _ tx: borrowing Transaction) throws {
        try lock("refund_file:" + account, tx)
    }

    /// No settlement of notices of an account: what is judged, or confirmed, stays as it was read.
    static func settlement(of account: String, _ tx: borrowing Transaction) throws {
        try lock("settle:" + account, tx)
    }

    /// Settlements of accounts, many at once, and none while one of the accounts is judged. Before any request's row.
    static func shareSettlement(of accounts: [String]) -> Query {
        """
        select pg_advisory_xact_lock_shared(hashtextextended('settle:' || a.number, 0))
        from unnest(\(Set(accounts).sorted())::text[]) as a (number)
        """
    }

    private static func lock(_ name: String, _ tx: borrowing Transaction) throws {
        try tx.query("select 1 from (select pg_advisory_xact_lock(hashtextextended(\(name), 0))) as locked")
    }
}
