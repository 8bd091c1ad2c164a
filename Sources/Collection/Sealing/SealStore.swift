public import Postgres
import Sealing

/// The seals as they are kept.
public struct SealStore: Sendable {
    /// Complete subtrees of this level and above are kept: of 1,024 entries.
    static let lowestKeptLevel = 10

    private let database: Database

    public init(_ database: Database) { self.database = database }

    /// The last seal; `nil` if nothing was sealed yet.
    public func last() async throws -> SealRecord? { try await database.read { try SealStore.last($0) } }

    /// The last seals, the newest first.
    ///
    /// - Parameter count: 1,000 at most.
    public func list(_ count: Int, before number: Int64? = nil) async throws -> [SealRecord] {
        let rows = try await database.query(
            Query(
                trustedSQL: "select \(SealRecord.columns) from seal where number < $1 order by number desc limit $2",
                binding: [number ?? .max, max(1, min(count, 1000))]
            )
        )
        return try rows.map(SealRecord.init)
    }

    /// How many entries of the audit are sealed, and how many wait for the next seal.
    public func auditEntries() async throws -> (sealed: Int64, waiting: Int64) {
        let (sealed, all) = try await database.query(
            """
            select (select coalesce(sum(r.entries), 0)::bigint from seal_range r where r.kind = 1),
                (select count(*) from audit_entry)
            """
        ).row().decode(Int64.self, Int64.self)
        return (sealed, max(0, all - sealed))
    }

    static func last(_ tx: borrowing Transaction) throws -> SealRecord? {
        try tx.query(Query(trustedSQL: "select \(SealRecord.columns) from seal order by number desc limit 1")).first
            .map(SealRecord.init)
    }

    static func insert(
        _ seal: SealRecord,
        _ ranges: [(range: SealProgress.Ripe, firstIndex: Int64, entries: Int64)],
        _ nodes: [(node: MerkleTree.Node, hash: MerkleTree.Hash)],
        _ tx: borrowing Transaction
    ) throws {
        try tx.query(
            """
            insert into seal (number, size, root, sealed_at, key_fingerprint, signature, peaks)
            values (\(seal.number)::bigint, \(seal.head.size)::bigint, \(Bytes(seal.head.root)),
                \(seal.head.sealedAt)::timestamptz, \(Bytes(seal.fingerprint)), \(Bytes(seal.signature)),
                \(Bytes(seal.peaks)))
            """
        )
        try tx.query(
            """
            insert into seal_range (seal_number, kind, after_id, through_id, first_index, entries)
            select \(seal.number)::bigint, * from unnest(\(ranges.map { Int32($0.range.kind.number) })::integer[],
                \(ranges.map(\.range.after))::bigint[], \(ranges.map(\.range.through))::bigint[],
                \(ranges.map(\.firstIndex))::bigint[], \(ranges.map(\.entries))::bigint[])
            """
        )
        guard !nodes.isEmpty else { return }
        try tx.query(
            """
            insert into seal_node (level, position, hash)
            select * from unnest(\(nodes.map { Int32($0.node.level) })::integer[],
                \(nodes.map(\.node.position))::bigint[], \(nodes.map { Bytes($0.hash) })::bytea[])
            """
        )
    }
}
