import Cryptography
import Postgres
import Sealing
import Values

/// Reads the entries of the sealed history from the tables.
enum SealedEntries {
    /// How many ids are hashed at a time: a piece of the answer stays below a megabyte.
    static let step: Int64 = 20_000

    /// What every reader of entries needs set, for an entry is the text of a row.
    static let textSettings = """
        set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local bytea_output = 'hex';
        set local extra_float_digits = 1; set local statement_timeout = 0;
        """

    /// Passes the hash of each leaf of a kind, in the order of its ids, from rows above `after` up to `through`.
    static func leaves(
        of kind: SealedKind,
        after: Int64,
        through: Int64,
        salt: [UInt8]?,
        _ tx: borrowing Transaction,
        _ body: (MerkleTree.Hash) -> Void
    ) throws {
        var from = after
        while from < through {
            let to = min(from + step, through)
            // The hash of RFC 9162: of a zero byte and the entry.
            let hashes = try tx.query(
                Query(
                    trustedSQL: """
                        select coalesce(string_agg(sha256('\\x00'::bytea || convert_to(e.entry, 'UTF8')), ''::bytea
                            order by e.id), ''::bytea) from (\(kind.entries)) e
                        """,
                    binding: kind.bindings(from, to, salt)
                )
            ).row().get(0, as: Bytes.self).bytes
            for start in stride(from: 0, to: hashes.count, by: 32) { body(Array(hashes[start..<start + 32])) }
            from = to
        }
    }

    /// The text of one entry; `nil` if no row has the id.
    static func entry(of kind: SealedKind, id: Int64, salt: [UInt8]?, _ tx: borrowing Transaction) throws -> String? {
        try tx.query(Query(trustedSQL: kind.entries, binding: kind.bindings(id - 1, id, salt))).first?.get(1)
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

extension SealedKind {
    /// The values of `$1` to `$3`, or of the first two where nothing personal is read.
    func bindings(_ after: Int64, _ through: Int64, _ salt: [UInt8]?) -> [any Bindable] {
        personal == nil ? [after, through] : [after, through, salt.map { Bytes($0) }]
    }
}
