import Postgres

/// Reads what PostgreSQL copies out in its binary format where each row is one hash: a head, then for each row the number of
/// its columns, the length, and 32 bytes.
struct CopiedHashes {
    /// The signature, flags and the length of an extension, which is empty.
    private static let head = 19
    private static let row = 2 + 4 + 32

    private var rest: [UInt8] = []
    private var hasHead = false

    /// Appends the hashes of a piece of the copy; pieces may end anywhere.
    mutating func read(_ bytes: UnsafeRawBufferPointer, into hashes: inout [UInt8]) throws {
        // As PostgreSQL sends it: a row in each piece.
        if hasHead, rest.isEmpty, bytes.count == CopiedHashes.row {
            try CopiedHashes.check(bytes[0..<6])
            hashes.append(contentsOf: bytes[6...])
            return
        }
        rest.append(contentsOf: bytes)
        var place = 0
        if !hasHead {
            guard rest.count >= CopiedHashes.head else { return }
            place = CopiedHashes.head
            hasHead = true
        }
        while rest.count - place >= CopiedHashes.row {
            try CopiedHashes.check(rest[place..<place + 6])
            hashes.append(contentsOf: rest[place + 6..<place + CopiedHashes.row])
            place += CopiedHashes.row
        }
        rest.removeFirst(place)
    }

    private static func check(_ bytes: some Sequence<UInt8>) throws {
        guard bytes.elementsEqual([0, 1, 0, 0, 0, 32]) else {
            throw PostgresError.unreadable("a hash was copied out as something else")
        }
    }
}
