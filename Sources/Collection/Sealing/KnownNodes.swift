import Postgres
import Sealing

/// The nodes that a proof needs: kept ones from the database, those below hashed again from their entries.
struct KnownNodes {
    /// The nodes of blocks of 1,024 entries that were hashed again.
    private var hashed: [MerkleTree.Node: MerkleTree.Hash] = [:]
    private var blocks: Set<Int64> = []

    mutating func hash(_ node: MerkleTree.Node, _ tx: borrowing Transaction) throws -> MerkleTree.Hash {
        if node.level >= SealStore.lowestKeptLevel {
            return try tx.query(
                """
                select hash from seal_node
                where level = \(Int32(node.level))::integer and position = \(node.position)::bigint
                """
            ).row().get(0, as: Bytes.self).bytes
        }
        let block = node.leaves.lowerBound >> Int64(SealStore.lowestKeptLevel)
        if blocks.insert(block).inserted { try hashBlock(block, tx) }
        guard let hash = hashed[node] else {
            throw PostgresError.unreadable("the node \(node.level)/\(node.position) of the sealed history is missing")
        }
        return hash
    }

    private mutating func hashBlock(_ block: Int64, _ tx: borrowing Transaction) throws {
        let level = Int64(SealStore.lowestKeptLevel)
        let wanted = block << level..<(block + 1) << level
        var row: [MerkleTree.Hash] = []
        for (leaf, place) in try leaves(of: wanted, tx) where wanted.contains(place) { row.append(leaf) }
        for level in 0...SealStore.lowestKeptLevel {
            let first = wanted.lowerBound >> Int64(level)
            for (offset, hash) in row.enumerated() {
                hashed[MerkleTree.Node(level: level, position: first + Int64(offset))] = hash
            }
            row = stride(from: 0, to: row.count - 1, by: 2).map { MerkleTree.node(row[$0], row[$0 + 1]) }
        }
    }

    /// The leaves of all seals that have entries in a range, with their places.
    private func leaves(of wanted: Range<Int64>, _ tx: borrowing Transaction) throws -> [(MerkleTree.Hash, Int64)] {
        var leaves: [(MerkleTree.Hash, Int64)] = []
        // With the seal before them, to which the first is chained. The last block reaches beyond the last seal.
        let found = try tx.query(
            Query(
                trustedSQL: """
                    select \(SealRecord.columns) from seal
                    where number >= coalesce((select number from seal where size <= $1 order by size desc limit 1), 0)
                        and number <= coalesce((select number from seal where size >= $2 order by size limit 1), $3)
                    order by number
                    """,
                binding: [wanted.lowerBound, wanted.upperBound, Int64.max]
            )
        )
        var previous: SealRecord?
        for seal in try found.map(SealRecord.init) {
            defer { previous = seal }
            guard seal.head.size > wanted.lowerBound else { continue }
            leaves.append((SealedEntries.chain(to: previous), previous?.head.size ?? 0))
            let ranges = try tx.query(
                """
                select kind::integer, after_id, through_id, first_index from seal_range
                where seal_number = \(seal.number)::bigint and first_index < \(wanted.upperBound)::bigint
                    and first_index + entries > \(wanted.lowerBound)::bigint order by kind
                """
            )
            for range in ranges {
                let (number, after, through, first) = try range.decode(
                    Int32.self,
                    Int64.self,
                    Int64.self,
                    Int64.self
                )
                guard let kind = SealedKind.numbered(Int16(number)) else { continue }
                var place = first
                try SealedEntries.leaves(of: kind, after: after, through: through, tx) { hashes in
                    for start in stride(from: 0, to: hashes.count, by: 32) {
                        leaves.append((Array(hashes[start..<start + 32]), place))
                        place += 1
                    }
                }
            }
        }
        return leaves.sorted { $0.1 < $1.1 }
    }
}
