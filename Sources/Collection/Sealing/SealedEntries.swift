import Cryptography
import Postgres
import Sealing
import Values

/// Reads the entries of the sealed history from the tables.
enum SealedEntries {
    /// What every reader of entries needs set, for an entry is the text of a row. Rows are hashed by as many processors as
    /// PostgreSQL gives, where there are many.
    static let textSettings = """
        set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local bytea_output = 'hex';
        set local extra_float_digits = 1; set local statement_timeout = 0; set local parallel_tuple_cost = 0;
        """

    /// Bytes of leaves that are passed on at a time.
    private static let piece = 64 << 10

    /// Passes the hashes of the leaves of a kind, side by side, in the order of its ids, from rows above `after` up to
    /// `through`. PostgreSQL hashes the next while the body works on these.
    static func leaves(
        of kind: SealedKind,
        after: Int64,
        through: Int64,
        _ tx: borrowing Transaction,
        _ body: ([UInt8]) -> Void
    ) throws {
        guard after < through else { return }
        // The hash of RFC 9162: of a zero byte and the entry. A copy takes no parameters.
        let hashes = """
            copy (select sha256('\\x00'::bytea || convert_to(e.entry, 'UTF8'))
                from (\(kind.entries(after: String(after), through: String(through)))) e order by e.id)
            to stdout (format binary)
            """
        var reader = CopiedHashes()
        var leaves: [UInt8] = []
        leaves.reserveCapacity(piece + 64)
        try tx.copyOut(Query(trustedSQL: hashes)) { bytes in
            try reader.read(bytes, into: &leaves)
            guard leaves.count >= piece else { return }
            body(leaves)
            leaves.removeAll(keepingCapacity: true)
        }
        if !leaves.isEmpty { body(leaves) }
    }

    /// The text of one entry; `nil` if no row has the id.
    static func entry(of kind: SealedKind, id: Int64, _ tx: borrowing Transaction) throws -> String? {
        try tx.query(Query(trustedSQL: kind.entries, binding: [id - 1, id])).first?.get(1)
    }

    /// The leaf that chains a seal to the one before it.
    static func chain(to previous: SealRecord?) -> MerkleTree.Hash { MerkleTree.leaf(Array(text(of: previous).utf8)) }

    static func text(of seal: SealRecord?) -> String {
        guard let seal else { return SealedKind.head + "()" }
        return SealedKind.head
            + "(\(seal.number),\(seal.head.size),\(hexadecimal(seal.head.root)),"
            + "\(seal.head.sealedAt.unixSeconds),\(hexadecimal(seal.fingerprint)),"
            + "\(hexadecimal(seal.signature)))"
    }
}
