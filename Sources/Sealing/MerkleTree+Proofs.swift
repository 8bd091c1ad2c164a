extension MerkleTree {
    /// Returns the proof that a leaf is in a tree (RFC 9162 §2.1.3.1): the hashes beside its way to the root, the nearest
    /// first.
    ///
    /// - Parameter complete: the hash of a complete subtree.
    /// - Precondition: `0 <= index < size`.
    public static func inclusion(
        of index: Int64,
        in size: Int64,
        complete: (Node) throws -> Hash
    ) rethrows -> [Hash] {
        precondition(index >= 0 && index < size)
        var path: [Hash] = []
        var leaves = 0..<size
        while leaves.count > 1 {
            let middle = leaves.lowerBound + split(Int64(leaves.count))
            let (own, other) =
                index < middle
                ? (leaves.lowerBound..<middle, middle..<leaves.upperBound)
                : (middle..<leaves.upperBound, leaves.lowerBound..<middle)
            path.append(try root(of: other, complete: complete))
            leaves = own
        }
        return path.reversed()
    }

    /// Returns the root that a proof leads to from a leaf (RFC 9162 §2.1.3.2); `nil` if the proof's length does not fit.
    public static func root(from leaf: Hash, at index: Int64, in size: Int64, by path: [Hash]) -> Hash? {
        guard index >= 0, index < size else { return nil }
        var (place, last) = (index, size - 1)
        var hash = leaf
        for beside in path {
            guard last > 0 else { return nil }
            if place & 1 == 1 || place == last {
                hash = node(beside, hash)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                hash = node(hash, beside)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 ? hash : nil
    }

    /// Returns the proof that a tree is the beginning of another (RFC 9162 §2.1.4.1).
    ///
    /// - Precondition: `0 < first <= second`.
    public static func consistency(
        of first: Int64,
        with second: Int64,
        complete: (Node) throws -> Hash
    ) rethrows -> [Hash] {
        precondition(first > 0 && first <= second)
        var path: [Hash] = []
        var leaves = 0..<second
        var isWhole = true
        while first != leaves.upperBound {
            let middle = leaves.lowerBound + split(Int64(leaves.count))
            if first <= middle {
                path.append(try root(of: middle..<leaves.upperBound, complete: complete))
                leaves = leaves.lowerBound..<middle
            } else {
                path.append(try root(of: leaves.lowerBound..<middle, complete: complete))
                leaves = middle..<leaves.upperBound
                isWhole = false
            }
        }
        if !isWhole { path.append(try root(of: leaves, complete: complete)) }
        return path.reversed()
    }

    /// Whether a proof shows that the tree of one root is the beginning of the tree of another (RFC 9162 §2.1.4.2).
    public static func isConsistent(
        _ first: (size: Int64, root: Hash),
        with second: (size: Int64, root: Hash),
        by path: [Hash]
    ) -> Bool {
        guard first.size > 0, first.size <= second.size else { return false }
        if first.size == second.size { return path.isEmpty && first.root == second.root }
        var rest = path[...]
        if first.size.nonzeroBitCount == 1 { rest = ([first.root] + path)[...] }
        guard let start = rest.popFirst() else { return false }
        var (place, last) = (first.size - 1, second.size - 1)
        while place & 1 == 1 {
            place >>= 1
            last >>= 1
        }
        var (old, new) = (start, start)
        for hash in rest {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                old = node(hash, old)
                new = node(hash, new)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                new = node(new, hash)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && old == first.root && new == second.root
    }
}
