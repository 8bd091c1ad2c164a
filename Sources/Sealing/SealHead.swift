import Cryptography
public import Values

/// What a seal says, signed: how many entries the history has, and the root over them.
public struct SealHead: Sendable, Hashable {
    /// The number of entries.
    public let size: Int64
    public let root: MerkleTree.Hash
    /// In whole seconds.
    public let sealedAt: Instant

    public init(size: Int64, root: MerkleTree.Hash, sealedAt: Instant) {
        self.size = size
        self.root = root
        self.sealedAt = Instant(microseconds: sealedAt.microseconds / 1_000_000 * 1_000_000)
    }

    /// The bytes that are signed: four lines, each ended by a line feed: `khop-seal/1`, the size, the root in hexadecimal
    /// digits, and the seconds since 1970.
    public var signed: [UInt8] {
        Array("khop-seal/1\n\(size)\n\(hexadecimal(root))\n\(sealedAt.microseconds / 1_000_000)\n".utf8)
    }
}
