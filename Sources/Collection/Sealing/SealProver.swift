public import Postgres
public import Sealing
import Values

/// Proves that an entry is in the sealed history.
public struct SealProver: Sendable {
    private let database: Database

    public init(_ database: Database) { self.database = database }

    /// An entry and its proof.
    public struct Proved: Sendable {
        /// The entry, as it was sealed.
        public let entry: String
        public let proof: SealProof
    }

    /// Proves the row of a table that has an id; `notFound` if it has none or is not sealed yet.
    public func prove(_ table: String, id: Int64) async throws -> Proved {
        guard let kind = SealedKind.named(table) else {
            let names = SealedKind.all.map(\.name).joined(separator: ", ")
            throw ServiceError(
                .invalidParameter,
                at: "entry",
                Phrase(
                    vi: "\(table) không được niêm phong; chọn một trong: \(names)",
                    en: "\(table) is not sealed; choose one of: \(names)"
                )
            )
        }
        return try await database.read { tx in
            try tx.script(SealedEntries.textSettings)
            return try SealProver.prove(kind, id, tx)
        }
    }

    /// Proves what happened to a payment request, in its order: its creation, its payment and whatever followed.
    public func prove(request reference: String) async throws -> [Proved] {
        try await database.read { tx in
            try tx.script(SealedEntries.textSettings)
            let rows = try tx.query(
                """
                select e.id from payment_request p join payment_request_event e on e.payment_request_id = p.id
                where p.reference = \(reference) order by e.id limit 100
                """
            )
            guard !rows.isEmpty, let kind = SealedKind.named("payment_request_event") else {
                throw ServiceError(
                    .notFound,
                    Phrase(
                        vi: "Không có yêu cầu thanh toán nào mang mã \(reference).",
                        en: "No payment request has the reference \(reference)."
                    )
                )
            }
            return try rows.map { try SealProver.prove(kind, try $0.get(0), tx) }
        }
    }

    /// Proves that one seal's history is the beginning of another's (RFC 9162 §2.1.4).
    public func consistency(of first: SealRecord, with second: SealRecord) async throws -> [MerkleTree.Hash] {
        try await database.read { tx in
            try tx.script(SealedEntries.textSettings)
            var known = KnownNodes()
            return try MerkleTree.consistency(of: first.head.size, with: second.head.size) { try known.hash($0, tx) }
        }
    }

    private static func prove(_ kind: SealedKind, _ id: Int64, _ tx: borrowing Transaction) throws -> Proved {
        let found = try tx.query(
            """
            select r.after_id, r.first_index from seal_range r
            where r.kind = \(kind.number)::smallint and r.through_id >= \(id)::bigint and r.after_id < \(id)::bigint
            """
        ).first
        guard let found, let last = try SealStore.last(tx) else { throw notSealed(kind, id) }
        let (after, first) = try found.decode(Int64.self, Int64.self)
        guard let entry = try SealedEntries.entry(of: kind, id: id, tx) else {
            throw notSealed(kind, id)
        }
        let before = try tx.query(
            Query(
                trustedSQL: "select count(*) from (\(kind.entries)) e",
                binding: [after, id - 1]
            )
        ).row().get(0, as: Int64.self)
        let index = first + before
        var known = KnownNodes()
        let path = try MerkleTree.inclusion(of: index, in: last.head.size) { try known.hash($0, tx) }
        let proof = SealProof(
            size: last.head.size,
            index: index,
            sealedAt: last.head.sealedAt,
            fingerprint: last.fingerprint,
            signature: last.signature,
            path: path
        )
        return Proved(entry: entry, proof: proof)
    }

    private static func notSealed(_ kind: SealedKind, _ id: Int64) -> ServiceError {
        ServiceError(
            .notFound,
            Phrase(
                vi: "\(kind.name) \(id) không có hoặc chưa được niêm phong; thử lại sau lần niêm phong tới.",
                en: "\(kind.name) \(id) does not exist or is not sealed yet; try again after the next seal."
            )
        )
    }
}
