import Cryptography

/// The Merkle tree of RFC 9162 §2.1, over SHA-256.
///
/// A node is named by its level, 0 for leaves, and its position from the left among the complete subtrees of that level.
public enum MerkleTree {
    /// The hash of 32 bytes.
    public typealias Hash = [UInt8]

    /// A complete subtree of 2^level leaves.
    public struct Node: Sendable, Hashable {
        public let level: Int
        public let position: Int64

        public init(level: Int, position: Int64) {
            self.level = level
            self.position = position
        }

        /// The leaves under the node.
        public var leaves: Range<Int64> { position << Int64(level)..<(position + 1) << Int64(level) }
    }

    /// The hash of a leaf: of 0x00 and the entry.
    public static func leaf(_ entry: [UInt8]) -> Hash { SHA256.hash(prefix: 0, entry) }

    /// The hash of an inner node: of 0x01 and its children.
    public static func node(_ left: Hash, _ right: Hash) -> Hash { SHA256.hash(prefix: 1, left, right) }

    /// The root of a tree without leaves.
    public static var emptyRoot: Hash { SHA256.hash([]) }

    /// The largest power of two smaller than a count of at least 2.
    static func split(_ count: Int64) -> Int64 { 1 << Int64(63 - (count - 1).leadingZeroBitCount) }

    /// The hash of the leaves of a range, which begins where a subtree of its size does.
    ///
    /// - Parameter complete: the hash of a complete subtree.
    static func root(of leaves: Range<Int64>, complete: (Node) throws -> Hash) rethrows -> Hash {
        let count = Int64(leaves.count)
        if count.nonzeroBitCount == 1 {
            let level = count.trailingZeroBitCount
            return try complete(Node(level: level, position: leaves.lowerBound >> Int64(level)))
        }
        let middle = leaves.lowerBound + split(count)
        let left = try root(of: leaves.lowerBound..<middle, complete: complete)
        return node(left, try root(of: middle..<leaves.upperBound, complete: complete))
    }
}
