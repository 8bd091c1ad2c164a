import Postgres

/// The locks that are not rows, all defined here.
///
/// They are PostgreSQL's advisory locks, held until the transaction ends. A transaction that takes several takes them
/// in the order of this file, except that a run, and whoever undoes a statement, has ``reconciliation(of:_:)`` before
/// ``statements(of:_:)``; and then rows: a case, its money, a refund, then requests in the order of their ids. Only the
/// settlement lock is taken after the rows of a case, by a holder of ``shareReconciliation(ofCase:_:)``: no reconciliation
/// of the account can then run, and nothing else blocks settlement.
///
/// One more is defined elsewhere: migrators exclude one another by `Migrator.lockKey`, on a connection of their own.
enum Locks {
    /// One import of the catalogue at a time.
    static func catalogue(_ tx: borrowing Transaction) throws {
        // "cata" in ASCII.
        try tx.query("select 1 from (select pg_advisory_xact_lock(\(0x6361_7461)::bigint)) as locked")
    }

    /// One change of connections' secrets at a time, so that two connections cannot get the same secret.
    static func secrets(_ tx: borrowing Transaction) throws {
        // "secr" in ASCII.
        try tx.query("select 1 from (select pg_advisory_xact_lock(\(0x7365_6372)::bigint)) as locked")
    }

    /// One change of a limit at a time, so that each is compared with the one before.
    static func limits(_ tx: borrowing Transaction) throws {
        // "limi" in ASCII.
        try tx.query("select 1 from (select pg_advisory_xact_lock(\(0x6C69_6D69)::bigint)) as locked")
    }

    /// One change of a stored mapping at a time, so that its versions are numbered without gap.
    static func mappings(_ tx: borrowing Transaction) throws {
        // "mapp" in ASCII.
        try tx.query("select 1 from (select pg_advisory_xact_lock(\(0x6D61_7070)::bigint)) as locked")
    }

    /// One import of an account's statements at a time, and none while it is reconciled, so that new lines get higher
    /// ids than those the run has seen.
    static func statements(of account: String, _ tx: borrowing Transaction) throws {
        try lock("statement:" + account, tx)
    }

    /// Takes the lock of ``reconciliation(of:_:)`` for a connection, if nobody holds it: a run keeps it from its first
    /// transaction to its last, and a second run is told instead of waiting.
    static func tryRun(of account: String) -> Query {
        "select pg_try_advisory_lock(hashtextextended(\("reconcile:" + account), 0))"
    }

    /// Gives back the lock that ``tryRun(of:)`` took.
    static func endRun(of account: String) -> Query {
        "select pg_advisory_unlock(hashtextextended(\("reconcile:" + account), 0))"
    }

    /// One reconciliation of an account at a time, and none while a day is signed off, recoveries are confirmed or a
    /// statement is undone.
    static func reconciliation(of account: String, _ tx: borrowing Transaction) throws {
        try lock("reconcile:" + account, tx)
    }

    /// As ``reconciliation(of:_:)``, but never waits: returns whether the lock is taken.
    static func tryReconciliation(of account: String, _ tx: borrowing Transaction) throws -> Bool {
        try tx.query("select pg_try_advisory_xact_lock(hashtextextended(\("reconcile:" + account), 0))").row().get(0)
    }

    /// No reconciliation of a case's account while a person acts on the case, because neither would see what the other
    /// decides about a line. Several persons may act at once.
    static func shareReconciliation(ofCase id: Int64, _ tx: borrowing Transaction) throws {
        try tx.query(
            """
            select pg_advisory_xact_lock_shared(hashtextextended('reconcile:' || account_number, 0))
            from reconciliation_case where id = \(id)::bigint
            """
        )
    }

    /// One payment file of an account at a time, so that no refund is in two files.
    static func paymentFile(of account: String, _ tx: borrowing Transaction) throws {
        try lock("refund_file:" + account, tx)
    }

    /// One attempt at the payment platform of a request at a time, so that each has a number of its own.
    static func platform(of request: String, _ tx: borrowing Transaction) throws {
        try lock("platform:" + request, tx)
    }

    /// One decision about an agency's orders to the Treasury at a time, so that nothing is ordered twice.
    static func remittance(of agency: String, _ tx: borrowing Transaction) throws {
        try lock("remittance:" + agency, tx)
    }

    /// No settlement of an account's notices, so that the facts of a run or a confirmation stay as they were read.
    static func settlement(of account: String, _ tx: borrowing Transaction) throws {
        try lock("settle:" + account, tx)
    }

    /// Settlements of accounts, many at once, but none while a run judges one of the accounts. Taken before any
    /// request's row.
    static func shareSettlement(of accounts: [String]) -> Query {
        """
        select pg_advisory_xact_lock_shared(hashtextextended('settle:' || a.number, 0))
        from unnest(\(Set(accounts).sorted())::text[]) as a (number)
        """
    }

    /// As ``shareSettlement(of:)``, but never waits: returns the accounts that no run is judging.
    static func tryShareSettlement(of accounts: [String], _ tx: borrowing Transaction) throws -> Set<String> {
        let rows = try tx.query(
            """
            select a.number from unnest(\(Set(accounts).sorted())::text[]) as a (number)
            where pg_try_advisory_xact_lock_shared(hashtextextended('settle:' || a.number, 0))
            """
        )
        return Set(try rows.map { try $0.get(0, as: String.self) })
    }

    /// One sealer of the history at a time; never waits.
    static func trySealing(_ tx: borrowing Transaction) throws -> Bool {
        // "seal" in ASCII.
        try tx.query("select pg_try_advisory_xact_lock(\(0x7365_616C)::bigint)").row().get(0)
    }

    private static func lock(_ name: String, _ tx: borrowing Transaction) throws {
        try tx.query("select 1 from (select pg_advisory_xact_lock(hashtextextended(\(name), 0))) as locked")
    }
}
