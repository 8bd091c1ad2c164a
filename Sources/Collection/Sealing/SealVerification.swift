import Cryptography
public import Postgres
import Sealing
public import Values

/// Recomputes the sealed history from the tables, and compares it with the seals.
public struct SealVerification: Sendable {
    private let database: Database
    /// `nil` where no key is at hand: signatures are then not looked at.
    private let keys: [VerificationKey]?
    private let witness: SealWitness

    public init(_ database: Database, options: SealingOptions?) {
        self.database = database
        keys = options.map { [$0.key.verification] + $0.formerKeys }
        witness = options?.witness ?? SealWitness(folder: nil)
    }

    /// What was found.
    public struct Report: Sendable {
        public let seals: Int64
        /// Entries that were hashed again.
        public let entries: Int64
        /// When the last seal was made; `nil` without any.
        public let sealedAt: Instant?
        /// What does not hold, at most a hundred; empty if everything does.
        public let faults: [Phrase]
    }

    /// Verifies every seal in one snapshot.
    ///
    /// - Parameter others: what witnesses elsewhere say, beside the file in the folder.
    public func verify(with others: [ToldSeals] = []) async throws -> Report {
        let told = try told() + others
        return try await database.read { try verify($0, told: told) }
    }

    /// What the file says now. Read before the snapshot that is verified: a seal that a running server makes afterwards is
    /// in neither, instead of told and not in the database.
    package func told() throws -> [ToldSeals] {
        let file = Phrase(vi: "bản đã ghi ra ngoài cơ sở dữ liệu", en: "what was written outside of the database")
        return [ToldSeals(witness: file, records: try witness.records())]
    }

    package func verify(_ tx: borrowing Transaction, told: [ToldSeals]) throws -> Report {
        try tx.script(SealedEntries.textSettings)
        var pass = Pass(keys: keys, told: told)
        let seals = try tx.query(Query(trustedSQL: "select \(SealRecord.columns) from seal order by number"))
        for row in seals {
            guard pass.faults.count < Pass.mostFaults else { break }
            try pass.check(try SealRecord(row), tx)
        }
        try pass.checkWhatIsLeft(tx)
        return Report(
            seals: pass.previous?.number ?? 0,
            entries: pass.entries,
            sealedAt: pass.previous?.head.sealedAt,
            faults: pass.faults
        )
    }

    /// What a verification holds as it goes from seal to seal.
    private struct Pass {
        static let mostFaults = 100

        let keys: [VerificationKey]?
        /// What the witnesses say.
        let told: [ToldSeals]
        var previous: SealRecord?
        var faults: [Phrase] = []
        var entries: Int64 = 0
        private var tree = SealedTree()
        private var sealedThrough: [Int16: Int64] = [:]

        init(keys: [VerificationKey]?, told: [ToldSeals]) {
            self.keys = keys
            self.told = told
        }

        private mutating func fault(_ vi: String, _ en: String) { faults.append(Phrase(vi: vi, en: en)) }

        mutating func check(_ seal: SealRecord, _ tx: borrowing Transaction) throws {
            let number = seal.number
            if number != (previous?.number ?? 0) + 1 {
                fault("thiếu niêm phong trước số \(number)", "the seal before number \(number) is missing")
            }
            tree.add(SealedEntries.chain(to: previous))
            entries += 1
            try checkRanges(of: seal, tx)
            if tree.frontier.size != seal.head.size || tree.frontier.root != seal.head.root {
                fault(
                    "niêm phong \(number): dữ liệu đã niêm phong không còn như lúc niêm phong",
                    "seal \(number): what was sealed is no longer as it was sealed"
                )
                // Later seals are compared with what this one says, so that one change is not told of all of them.
                if let told = seal.frontier { tree.frontier = told }
            } else if seal.peaks != tree.frontier.peaks.flatMap({ $0 }) {
                fault("niêm phong \(number): các đỉnh của cây sai", "seal \(number): the tree's peaks are wrong")
            }
            checkSignature(of: seal)
            for one in told {
                guard let record = one.records[number], record != seal.json else { continue }
                fault(
                    "niêm phong \(number): khác \(one.witness[.vietnamese])",
                    "seal \(number): not as in \(one.witness[.english])"
                )
            }
            previous = seal
        }

        private mutating func checkSignature(of seal: SealRecord) {
            guard let keys else { return }
            guard let key = keys.first(where: { $0.fingerprint == seal.fingerprint }) else {
                return fault(
                    "niêm phong \(seal.number): ký bằng khóa lạ \(hexadecimal(seal.fingerprint))",
                    "seal \(seal.number): signed by an unknown key \(hexadecimal(seal.fingerprint))"
                )
            }
            guard key.verifies(seal.signature, of: seal.head.signed) else {
                return fault("niêm phong \(seal.number): chữ ký sai", "seal \(seal.number): its signature is wrong")
            }
        }

        private mutating func checkRanges(of seal: SealRecord, _ tx: borrowing Transaction) throws {
            let rows = try tx.query(
                """
                select kind::integer, after_id, through_id, first_index, entries from seal_range
                where seal_number = \(seal.number)::bigint order by kind
                """
            )
            for row in rows {
                let (number, after, through, first, count) = try row.decode(
                    Int32.self,
                    Int64.self,
                    Int64.self,
                    Int64.self,
                    Int64.self
                )
                guard let kind = SealedKind.numbered(Int16(number)) else {
                    fault("niêm phong \(seal.number): loại \(number) lạ", "seal \(seal.number): unknown kind \(number)")
                    continue
                }
                let start = tree.frontier.size
                if first != start || after != sealedThrough[kind.number] ?? 0 {
                    fault(
                        "niêm phong \(seal.number): phạm vi của \(kind.name) bị sửa",
                        "seal \(seal.number): the range of \(kind.name) was changed"
                    )
                }
                try SealedEntries.leaves(of: kind, after: after, through: through, tx) { tree.add(leaves: $0) }
                sealedThrough[kind.number] = through
                let found = tree.frontier.size - start
                entries += found
                if found != count {
                    fault(
                        "niêm phong \(seal.number): \(kind.name) có \(found) dòng, lúc niêm phong là \(count)",
                        "seal \(seal.number): \(kind.name) has \(found) rows, sealed were \(count)"
                    )
                }
            }
        }

        mutating func checkWhatIsLeft(_ tx: borrowing Transaction) throws {
            let last = previous?.number ?? 0
            for one in told {
                let gone = one.records.keys.filter { $0 > last }
                guard let first = gone.min() else { continue }
                fault(
                    "\(gone.count) niêm phong từ số \(first) có ở \(one.witness[.vietnamese]) mà không còn trong cơ sở dữ liệu",
                    "\(gone.count) seals from number \(first) are in \(one.witness[.english]) and no longer in the database"
                )
            }
            let kept = try tx.query("select level::integer, position, hash from seal_node order by level, position")
            let computed = Dictionary(uniqueKeysWithValues: tree.nodes.map { ($0.node, $0.hash) })
            var isRight = kept.count == computed.count
            for row in kept {
                let (level, position, hash) = try row.decode(Int32.self, Int64.self, Bytes.self)
                if computed[MerkleTree.Node(level: Int(level), position: position)] != hash.bytes { isRight = false }
            }
            if !isRight, faults.isEmpty {
                fault("các nút đã lưu của cây bị sửa", "the kept nodes of the tree were changed")
            }
            try checkErased(tx)
            for row in try tx.query("select source, row_key from rows_rewritten() limit \(Pass.mostFaults)") {
                let (source, key) = try row.decode(String.self, String.self)
                fault(
                    "\(source) \(key): không như bản ghi cuối của nó",
                    "\(source) \(key): not as its last version says"
                )
            }
        }

        /// What was erased otherwise than an entry of the audit says.
        private mutating func checkErased(_ tx: borrowing Transaction) throws {
            let rows = try tx.query(
                """
                select e.audit_entry_id, count(*) from erased_entry e left join audit_entry a on a.id = e.audit_entry_id
                group by e.audit_entry_id, a.id
                having count(*) is distinct from max((a.detail ->> 'texts')::bigint)
                    filter (where a.action in ('personal_data.erase', 'retention.run'))
                order by 1 limit \(Int32(Pass.mostFaults))::integer
                """
            )
            for row in rows {
                let (audit, count) = try row.decode(Int64.self, Int64.self)
                fault(
                    "\(count) mục bị xóa dữ liệu cá nhân khác với điều mục nhật ký \(audit) ghi",
                    "the personal data of \(count) entries were erased, which is not what audit_entry \(audit) says"
                )
            }
        }
    }
}
