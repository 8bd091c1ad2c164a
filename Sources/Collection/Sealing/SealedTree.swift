import Sealing

/// The tree of the history as it grows, with the nodes that are kept so that proofs need not hash all of it again.
struct SealedTree {
    var frontier: MerkleFrontier
    /// Complete subtrees of ``SealStore/lowestKeptLevel`` and above, in the order in which they were completed.
    private(set) var nodes: [(node: MerkleTree.Node, hash: MerkleTree.Hash)] = []
    private let block = MerkleBlock()

    init(frontier: MerkleFrontier = MerkleFrontier()) { self.frontier = frontier }

    mutating func add(_ leaf: MerkleTree.Hash) { append(leaf, level: 0) }

    /// Adds leaves that lie side by side, 32 bytes each: those of a whole kept subtree at once.
    mutating func add(leaves: [UInt8]) {
        let whole = 1 << SealStore.lowestKeptLevel
        var place = 0
        while place < leaves.count {
            let isAligned = frontier.size.trailingZeroBitCount >= SealStore.lowestKeptLevel
            let count = isAligned && leaves.count - place >= whole * 32 ? whole : 1
            var part = Array(leaves[place..<place + count * 32])
            place += count * 32
            guard count > 1 else {
                append(part, level: 0)
                continue
            }
            append(part.withUnsafeMutableBytes { block.root(of: $0) }, level: SealStore.lowestKeptLevel)
        }
    }

    private mutating func append(_ hash: MerkleTree.Hash, level: Int) {
        frontier.append(hash, level: level) { node, hash in
            if node.level >= SealStore.lowestKeptLevel { nodes.append((node, hash)) }
        }
    }
}
