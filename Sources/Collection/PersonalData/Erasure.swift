import Postgres
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The routines that erase, which run with the owner's rights and want an entry of the audit of the same transaction.
struct Erasure {
    /// The entry.
    let audit: Int64

    /// Why something is erased: the action of the entry, which the routines know.
    enum Ground: String {
        case asked = "personal_data.erase"
        case over = "retention.run"
    }

    /// Facts that hold texts of payers; the values are the numbers of their kinds of sealed entries.
    enum Texts: Int32 {
        case notices = 4
        case lines = 5
    }

    /// Writes the entry; returns its id.
    ///
    /// - Parameter texts: how many notices and lines will be erased under it, which `seal verify` counts again.
    static func record(
        _ tx: borrowing Transaction,
        _ person: Person,
        _ ground: Ground,
        texts: Int,
        _ detail: JSON
    ) throws -> Int64 {
        let members = (detail.members ?? []) + [JSON.Member("texts", .integer(texts))]
        try Audit.record(tx, person, ground.rawValue, "personal_data", .object(members))
        return try tx.query("select currval(pg_get_serial_sequence('audit_entry', 'id'))").row().get(0)
    }

    func texts(_ kind: Texts, _ ids: [Int64], _ tx: borrowing Transaction) throws -> Int64 {
        try tx.query("select erase_texts(\(kind.rawValue)::smallint, \(ids)::bigint[], \(audit)::bigint)").row().get(0)
    }

    func requests(_ ids: [UUID], _ tx: borrowing Transaction) throws -> Int64 {
        try tx.query("select erase_requests(\(ids)::uuid[], \(audit)::bigint)").row().get(0)
    }

    func cases(_ ids: [Int64], _ tx: borrowing Transaction) throws -> Int64 {
        try tx.query("select erase_cases(\(ids)::bigint[], \(audit)::bigint)").row().get(0)
    }

    func refunds(_ ids: [UUID], _ tx: borrowing Transaction) throws -> Int64 {
        try tx.query("select erase_refunds(\(ids)::uuid[], \(audit)::bigint)").row().get(0)
    }
}
