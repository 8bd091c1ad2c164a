import Casework
import Postgres
public import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What is kept of a payer: found when he asks for it, and erased when he may ask for that (Decree 13/2023/NĐ-CP). The
/// books, and every proof of the sealed history, stay as they are.
public struct PersonalData: Sendable {
    private let database: Database
    /// What is not sealed yet cannot be erased: its hash with its salt must stand in the history first.
    private let sealer: Sealer?

    init(_ database: Database, sealer: Sealer?) {
        self.database = database
        self.sealer = sealer
    }

    /// What was erased, and what had to be kept.
    public struct Erased: Sendable {
        public let requests: Int64
        /// Notices and statement lines.
        public let texts: Int64
        public let cases: Int64
        public let refunds: Int64
        /// What the law wants kept, with the reason.
        public let kept: [Phrase]
        /// The entry of the audit that says so.
        public let auditEntry: Int64

        public func json(in language: Language) -> JSON {
            [
                "payment_requests": .integer(requests), "texts": .integer(texts), "cases": .integer(cases),
                "refunds": .integer(refunds), "kept": .array(kept.map { .string($0[language]) }),
                "audit_entry": .integer(auditEntry),
            ]
        }
    }

    /// What is kept of a subject; that somebody looked is in the audit.
    public func find(_ subject: PersonalDataSubject, by person: Person) async throws -> PersonalRecords {
        try await database.transaction { tx in
            let found = try PersonalRecords(of: subject, tx)
            try Audit.record(tx, person, "personal_data.find", "personal_data", subject.told)
            return found
        }
    }

    /// Erases what is kept of a subject, all of it that the law lets go, in one transaction; refused while money of his is
    /// under way.
    ///
    /// - Parameter why: on whose request and on what ground; 10 to 500 characters, kept in the audit.
    public func erase(
        _ subject: PersonalDataSubject,
        why: String,
        by person: Person,
        now: Instant = .now()
    ) async throws -> Erased {
        try person.requireFreshFactor()
        let why = why.trimming()
        guard Unmasking.reasonLengths.contains(why.count) else {
            throw ServiceError(
                .invalidParameter,
                at: "why",
                Phrase(
                    vi: "hãy nêu theo yêu cầu của ai và căn cứ nào, 10 đến 500 ký tự",
                    en: "say on whose request and on what ground, in 10 to 500 characters"
                )
            )
        }
        _ = try await sealer?.sealAll()
        do {
            return try await database.transaction { tx in
                try PersonalData.erase(try PersonalRecords(of: subject, tx), subject, why, person, now, tx)
            }
        } catch let error as PostgresError where error.constraint == "erased_entry_sealed_check" {
            throw ServiceError(
                .conflict,
                Phrase(
                    vi: "Có bản ghi chưa được niêm phong nên chưa xóa được; thử lại sau ít giây.",
                    en: "Some of it is not sealed yet and cannot be erased; try again in some seconds."
                )
            )
        }
    }

    private static func erase(
        _ found: PersonalRecords,
        _ subject: PersonalDataSubject,
        _ why: String,
        _ person: Person,
        _ now: Instant,
        _ tx: borrowing Transaction
    ) throws -> Erased {
        guard !found.isEmpty else {
            throw ServiceError(
                .notFound,
                Phrase(vi: "Không còn lưu gì về người này.", en: "Nothing is kept of this person.")
            )
        }
        let hindrances = ErasureRules.hindrances(found.facts)
        guard hindrances.isEmpty else {
            throw ServiceError(
                .conflict,
                Phrase(
                    vi: "Chưa xóa được: " + hindrances.map { $0[.vietnamese] }.joined(separator: "; ") + ".",
                    en: "Nothing can be erased yet: " + hindrances.map { $0[.english] }.joined(separator: "; ") + "."
                )
            )
        }
        let kept = found.refunds.map { ($0, ErasureRules.keeps($0.facts, at: now)) }
        let refunds = kept.filter { $0.1 == nil }.map(\.0.id)
        let texts = found.notices.count + found.lines.count
        let audit = try Erasure.record(
            tx,
            person,
            .asked,
            texts: texts,
            [
                "subject": subject.told, "why": .string(why), "payment_requests": .integer(found.requests.count),
                "cases": .integer(found.cases.count), "refunds": .integer(refunds.count),
                "refunds_kept": .integer(kept.count - refunds.count),
            ]
        )
        let erasure = Erasure(audit: audit)
        let notices = try erasure.texts(.notices, found.notices.map(\.id), tx)
        let lines = try erasure.texts(.lines, found.lines.map(\.id), tx)
        guard notices + lines == Int64(texts) else {
            throw PostgresError.unreadable("\(notices + lines) texts were erased, and not \(texts)")
        }
        return Erased(
            requests: try erasure.requests(found.requests.map(\.id), tx),
            texts: notices + lines,
            cases: try erasure.cases(found.cases.map(\.facts.id), tx),
            refunds: try erasure.refunds(refunds, tx),
            kept: kept.compactMap(\.1),
            auditEntry: audit
        )
    }
}
