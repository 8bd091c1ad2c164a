public import Cryptography
public import Values

/// That an entry is in the sealed history: what a payer keeps, and anybody checks without Khớp.
///
/// Its bytes: a version (1), then as variable-length integers (LEB128) the tree's size, the entry's index and the seconds
/// of the seal since 1970, then the key's fingerprint (4), the signature (64) and the hashes of the path (32 each). The
/// text is `khop1.` and the bytes in base64url without padding: under 1,000 characters for a million entries.
public struct SealProof: Sendable, Hashable {
    public let size: Int64
    /// The entry's place in the history, from 0.
    public let index: Int64
    public let sealedAt: Instant
    /// The first bytes of the hash of the public key.
    public let fingerprint: [UInt8]
    public let signature: [UInt8]
    /// The hashes beside the way to the root, the nearest first.
    public let path: [MerkleTree.Hash]

    public init(
        size: Int64,
        index: Int64,
        sealedAt: Instant,
        fingerprint: [UInt8],
        signature: [UInt8],
        path: [MerkleTree.Hash]
    ) {
        self.size = size
        self.index = index
        self.sealedAt = sealedAt
        self.fingerprint = fingerprint
        self.signature = signature
        self.path = path
    }

    /// The longest path that is read: more entries than that cannot be.
    private static let longestPath = 63

    /// Why an entry is not proved.
    public enum Failure: Error, Sendable, Hashable {
        /// The path does not fit the place and size it tells.
        case path
        /// The proof names another key.
        case otherKey
        /// The signature is not the key's of the root to which the entry leads: the entry, the proof or both were changed.
        case signature
    }

    /// Proves an entry under a public key.
    public func verify(_ entry: [UInt8], under key: VerificationKey) throws(Failure) {
        guard key.fingerprint == fingerprint else { throw .otherKey }
        guard let root = MerkleTree.root(from: MerkleTree.leaf(entry), at: index, in: size, by: path) else {
            throw .path
        }
        let head = SealHead(size: size, root: root, sealedAt: sealedAt)
        guard key.verifies(signature, of: head.signed) else { throw .signature }
    }

    public var bytes: [UInt8] {
        var bytes: [UInt8] = [1]
        for number in [size, index, sealedAt.unixSeconds] { SealProof.append(UInt64(number), to: &bytes) }
        return bytes + fingerprint + signature + path.joined()
    }

    /// Reads what ``bytes`` returns; `nil` for anything else.
    public init?(bytes: [UInt8]) {
        var rest = bytes[...]
        guard rest.popFirst() == 1, let size = SealProof.number(&rest), let index = SealProof.number(&rest),
            let seconds = SealProof.number(&rest), index < size, seconds < 1 << 40, rest.count >= 68,
            (rest.count - 68) % 32 == 0, (rest.count - 68) / 32 <= SealProof.longestPath
        else { return nil }
        fingerprint = Array(rest.prefix(4))
        signature = Array(rest.dropFirst(4).prefix(64))
        let hashes = Array(rest.dropFirst(68))
        path = stride(from: 0, to: hashes.count, by: 32).map { Array(hashes[$0..<$0 + 32]) }
        self.size = size
        self.index = index
        sealedAt = Instant(unixSeconds: seconds)
    }

    public var text: String { "khop1." + base64url(bytes) }

    /// Reads what ``text`` returns, white space around it aside; `nil` for anything else.
    public init?(text: some StringProtocol) {
        let text = String(text).trimming()
        guard text.hasPrefix("khop1."), text.utf8.count < 4096, let bytes = base64url(text.dropFirst(6)) else {
            return nil
        }
        self.init(bytes: bytes)
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        var number = number
        while number > 127 {
            bytes.append(UInt8(number & 127) | 128)
            number >>= 7
        }
        bytes.append(UInt8(number))
    }

    private static func number(_ bytes: inout ArraySlice<UInt8>) -> Int64? {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 63, by: 7) {
            guard let byte = bytes.popFirst() else { return nil }
            number |= UInt64(byte & 127) << shift
            if byte < 128 { return shift > 0 && byte == 0 ? nil : Int64(number) }
        }
        return nil
    }
}
