import Postgres

/// How far each table is sealed, and how a late commit is not skipped.
///
/// Ids are given out before their rows are committed, so the highest id that can be seen says nothing about lower ones. A
/// pass notes the highest ids that are committed and, after that, the transactions that are under way. Lower ids were given
/// out before: once all of those transactions have ended, each id up to there is committed or never will be; the next pass
/// seals these. Settlement writes nothing for it and waits for nothing.
///
/// What a sequence says of itself is no measure: PostgreSQL logs its values 32 ahead, so that a standby shows ids that nobody
/// was given, and the former primary still gives them out when it is the primary again.
enum SealProgress {
    /// Rows of a table that can be sealed.
    struct Ripe: Sendable {
        let kind: SealedKind
        let after: Int64
        let through: Int64
    }

    /// Whether an earlier pass has noted how far to go.
    static func isPending(_ tx: borrowing Transaction) throws -> Bool {
        try tx.query("select exists (select 1 from seal_progress where pending_through is not null)").row().get(0)
    }

    /// Notes the highest ids, and then the transactions under way.
    static func begin(_ tx: borrowing Transaction) throws {
        let sealed = try sealed(tx)
        let ids = SealedKind.all.map { kind in
            "(\(kind.number), coalesce(\(kind.highest(after: sealed[kind.name] ?? 0)), 0))"
        }
        try tx.query(
            Query(
                trustedSQL: """
                    insert into seal_progress (kind, pending_through) values \(ids.joined(separator: ", "))
                    on conflict (kind) do update
                        set pending_through = greatest(excluded.pending_through, seal_progress.sealed_through)
                    """
            )
        )
        try tx.query("delete from seal_wait")
        // Every transaction holds its own virtual id, even before it has written anything.
        try tx.query(
            """
            insert into seal_wait (virtual_transaction)
            select l.virtualxid from pg_locks l join pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'virtualxid' and l.granted and a.datname = current_database()
                and l.pid <> pg_backend_pid()
            """
        )
    }

    /// Whether all transactions that were noted have ended.
    static func isRipe(_ tx: borrowing Transaction) throws -> Bool {
        try tx.query(
            """
            select not exists (
                select 1 from seal_wait w join pg_locks l on l.virtualxid = w.virtual_transaction
                where l.locktype = 'virtualxid' and l.granted)
            """
        ).row().get(0)
    }

    /// The ranges that were noted, without those in which no id was given out.
    static func ripe(_ tx: borrowing Transaction) throws -> [Ripe] {
        let rows = try tx.query(
            """
            select kind::integer, sealed_through, pending_through from seal_progress
            where pending_through > sealed_through order by kind
            """
        )
        return try rows.map { row in
            let (number, after, through) = try row.decode(Int32.self, Int64.self, Int64.self)
            guard let kind = SealedKind.numbered(Int16(number)) else {
                throw PostgresError.unreadable("no kind of sealed entries has the number \(number)")
            }
            return Ripe(kind: kind, after: after, through: through)
        }
    }

    /// Notes that all of it is sealed.
    static func finish(_ tx: borrowing Transaction) throws {
        try tx.query("update seal_progress set sealed_through = pending_through where pending_through is not null")
    }

    /// The id up to which each table is sealed, by its name.
    static func sealed(_ tx: borrowing Transaction) throws -> [String: Int64] {
        var sealed: [String: Int64] = [:]
        for row in try tx.query("select kind::integer, sealed_through from seal_progress") {
            let (number, through) = try row.decode(Int32.self, Int64.self)
            if let kind = SealedKind.numbered(Int16(number)) { sealed[kind.name] = through }
        }
        return sealed
    }
}
