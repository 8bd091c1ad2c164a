import Cryptography
import Postgres
public import Sealing
public import Values

/// A seal as it is kept.
public struct SealRecord: Sendable, Hashable {
    /// 1 for the first.
    public let number: Int64
    public let head: SealHead
    /// The first bytes of the hash of the key that signed it.
    public let fingerprint: [UInt8]
    public let signature: [UInt8]
    let peaks: [UInt8]

    static let columns = "number, size, root, sealed_at, key_fingerprint, signature, peaks"

    init(number: Int64, head: SealHead, fingerprint: [UInt8], signature: [UInt8], peaks: [UInt8]) {
        self.number = number
        self.head = head
        self.fingerprint = fingerprint
        self.signature = signature
        self.peaks = peaks
    }

    /// Reads a row of ``columns``.
    init(_ row: Row) throws {
        number = try row.get(0)
        head = SealHead(size: try row.get(1), root: try row.get(2, as: Bytes.self).bytes, sealedAt: try row.get(3))
        fingerprint = try row.get(4, as: Bytes.self).bytes
        signature = try row.get(5, as: Bytes.self).bytes
        peaks = try row.get(6, as: Bytes.self).bytes
    }

    /// The right edge of the tree as this seal left it.
    var frontier: MerkleFrontier? {
        MerkleFrontier(
            size: head.size,
            peaks: stride(from: 0, to: peaks.count, by: 32).map { Array(peaks[$0..<min($0 + 32, peaks.count)]) }
        )
    }

    /// The line by which the seal is told outside of the database.
    public var json: JSON {
        [
            "number": .integer(number), "size": .integer(head.size), "root": .string(hexadecimal(head.root)),
            "sealed_at": .string(head.sealedAt.description), "key": .string(hexadecimal(fingerprint)),
            "signature": .string(hexadecimal(signature)),
        ]
    }
}
