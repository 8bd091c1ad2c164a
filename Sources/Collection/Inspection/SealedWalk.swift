import Postgres
import Sealing

/// Goes through a stretch of the sealed history in its order, with the place of each entry beside its way to the root.
struct SealedWalk {
    /// An entry at its place.
    struct Entry {
        let index: Int64
        /// `nil` for the entry that chains a seal to the one before it.
        let kind: SealedKind?
        let text: String

        /// The table that it is a row of.
        var table: String { kind?.name ?? SealedKind.head }
    }

    /// How many ids are read at once.
    private static let step: Int64 = 5000
    private static let blockLevel = SealStore.lowestKeptLevel
    private static let block: Int64 = 1 << Int64(blockLevel)

    /// The tree that proofs lead to the root of.
    private let size: Int64
    /// The nodes of blocks and above.
    private let kept: [MerkleTree.Node: MerkleTree.Hash]
    /// The nodes of the last block, which is not whole.
    private let tail: [MerkleTree.Node: MerkleTree.Hash]

    /// - Parameter size: that of the seal where the history is looked at from.
    init(upTo size: Int64, _ tx: borrowing Transaction) throws {
        self.size = size
        var kept: [MerkleTree.Node: MerkleTree.Hash] = [:]
        for row in try tx.query("select level::integer, position, hash from seal_node") {
            let (level, position, hash) = try row.decode(Int32.self, Int64.self, Bytes.self)
            kept[MerkleTree.Node(level: Int(level), position: position)] = hash.bytes
        }
        self.kept = kept
        let start = size / SealedWalk.block * SealedWalk.block
        var leaves: [MerkleTree.Hash] = []
        if start < size {
            try SealedWalk.each(start..<size, tx) { leaves.append(MerkleTree.leaf(Array($0.text.utf8))) }
        }
        tail = SealedWalk.nodes(of: leaves, from: start)
    }

    /// Passes each entry of a range, and the hashes beside its way to the root, to the body.
    func prove(
        _ wanted: Range<Int64>,
        _ tx: borrowing Transaction,
        _ body: (Entry, [MerkleTree.Hash]) throws -> Void
    ) throws {
        var waiting: [Entry] = []
        let start = wanted.lowerBound / SealedWalk.block * SealedWalk.block
        try SealedWalk.each(start..<wanted.upperBound, tx) { entry in
            waiting.append(entry)
            if (entry.index + 1) % SealedWalk.block == 0 {
                try prove(&waiting, from: wanted.lowerBound, body)
            }
        }
        try prove(&waiting, from: wanted.lowerBound, body)
    }

    private func prove(_ entries: inout [Entry], from first: Int64, _ body: (Entry, [MerkleTree.Hash]) throws -> Void)
        throws
    {
        guard let start = entries.first?.index else { return }
        let own = SealedWalk.nodes(of: entries.map { MerkleTree.leaf(Array($0.text.utf8)) }, from: start)
        for entry in entries where entry.index >= first {
            let path = try MerkleTree.inclusion(of: entry.index, in: size) { node in
                guard let hash = own[node] ?? kept[node] ?? tail[node] else {
                    throw PostgresError.unreadable("the node \(node.level)/\(node.position) of the history is missing")
                }
                return hash
            }
            try body(entry, path)
        }
        entries.removeAll(keepingCapacity: true)
    }

    /// The complete subtrees over leaves that begin where a block does.
    private static func nodes(of leaves: [MerkleTree.Hash], from start: Int64) -> [MerkleTree.Node: MerkleTree.Hash] {
        var nodes: [MerkleTree.Node: MerkleTree.Hash] = [:]
        var row = leaves
        for level in 0...blockLevel {
            let first = start >> Int64(level)
            for (offset, hash) in row.enumerated() {
                nodes[MerkleTree.Node(level: level, position: first + Int64(offset))] = hash
            }
            row = stride(from: 0, to: row.count - 1, by: 2).map { MerkleTree.node(row[$0], row[$0 + 1]) }
        }
        return nodes
    }

    /// Passes the entries of a range to the body, in their order.
    private static func each(_ wanted: Range<Int64>, _ tx: borrowing Transaction, _ body: (Entry) throws -> Void) throws
    {
        let found = try tx.query(
            Query(
                trustedSQL: """
                    select \(SealRecord.columns) from seal
                    where number >= coalesce((select max(number) from seal where size <= $1), 0)
                        and number <= coalesce((select min(number) from seal where size >= $2), $3) order by number
                    """,
                binding: [wanted.lowerBound, wanted.upperBound, Int64.max]
            )
        )
        var previous: SealRecord?
        for seal in try found.map(SealRecord.init) {
            defer { previous = seal }
            guard seal.head.size > wanted.lowerBound else { continue }
            func pass(_ entry: Entry) throws { if wanted.contains(entry.index) { try body(entry) } }
            try pass(Entry(index: previous?.head.size ?? 0, kind: nil, text: SealedEntries.text(of: previous)))
            let ranges = try tx.query(
                """
                select kind::integer, after_id, through_id, first_index from seal_range
                where seal_number = \(seal.number)::bigint and first_index < \(wanted.upperBound)::bigint
                    and first_index + entries > \(wanted.lowerBound)::bigint order by first_index
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
                var (place, from) = (first, after)
                while from < through, place < wanted.upperBound {
                    let to = min(from + step, through)
                    let rows = try tx.query(
                        Query(
                            trustedSQL: "select e.entry from (\(kind.entries)) e order by e.id",
                            binding: [from, to]
                        )
                    )
                    for row in rows {
                        try pass(Entry(index: place, kind: kind, text: try row.get(0)))
                        place += 1
                    }
                    from = to
                }
            }
        }
    }
}
