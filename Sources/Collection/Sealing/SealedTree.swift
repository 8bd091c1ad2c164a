import Sealing

/// The tree of the history as it grows, with the nodes that are kept so that proofs need not hash all of it again.
struct SealedTree {
    var frontier: MerkleFrontier
    /// Complete subtrees of ``SealStore/lowestKeptLevel`` and above, in the order in which they were completed.
    private(set) var nodes: [(node: MerkleTree.Node, hash: MerkleTree.Hash)] = []

    init(frontier: MerkleFrontier = MerkleFrontier()) { self.frontier = frontier }

    mutating func add(_ leaf: MerkleTree.Hash) {
        frontier.append(leaf) { node, hash in
            if node.level >= SealStore.lowestKeptLevel { nodes.append((node, hash)) }
        }
    }
}
