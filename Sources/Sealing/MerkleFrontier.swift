/// The right edge of a growing tree: all that is needed to append to it and to know its root.
public struct MerkleFrontier: Sendable, Hashable {
    /// The number of leaves.
    public private(set) var size: Int64
    /// The hashes of the complete subtrees that the size is the sum of, the largest first.
    public private(set) var peaks: [MerkleTree.Hash]

    public init() {
        size = 0
        peaks = []
    }

    /// Returns `nil` unless there are as many peaks of 32 bytes as the size has ones in binary.
    public init?(size: Int64, peaks: [MerkleTree.Hash]) {
        guard size >= 0, peaks.count == size.nonzeroBitCount, peaks.allSatisfy({ $0.count == 32 }) else { return nil }
        self.size = size
        self.peaks = peaks
    }

    /// Appends a leaf, or a complete subtree, and passes each subtree that it completes to `completed`, the smallest first.
    ///
    /// - Parameter start: the level of what is appended: 0 for a leaf, n for the root of 2^n leaves, which the size must be a
    ///   multiple of.
    public mutating func append(
        _ root: MerkleTree.Hash,
        level start: Int = 0,
        completed: (MerkleTree.Node, MerkleTree.Hash) -> Void = { _, _ in }
    ) {
        precondition(size.trailingZeroBitCount >= start, "a subtree begins where one of its size does")
        var hash = root
        var level = start
        completed(MerkleTree.Node(level: level, position: size >> Int64(level)), hash)
        while size >> Int64(level) & 1 == 1 {
            hash = MerkleTree.node(peaks.removeLast(), hash)
            level += 1
            completed(MerkleTree.Node(level: level, position: size >> Int64(level)), hash)
        }
        peaks.append(hash)
        size += 1 << Int64(start)
    }

    /// The root of the tree as it stands.
    public var root: MerkleTree.Hash {
        guard var hash = peaks.last else { return MerkleTree.emptyRoot }
        for peak in peaks.dropLast().reversed() { hash = MerkleTree.node(peak, hash) }
        return hash
    }
}
