import Postgres
import Values

/// The record of who did what; rows are never changed or deleted.
enum Audit {
    /// Writes one entry, in the transaction of the action it records.
    ///
    /// - Parameters:
    ///   - person: who acts, with where the call comes from.
    ///   - action: such as `refund.approve`.
    ///   - subject: the kind and the id, such as `case:17`.
    ///   - detail: payees and payers in it are masked, for an entry is never erased.
    static func record(
        _ tx: borrowing Transaction,
        _ person: Person,
        _ action: String,
        _ subject: String,
        _ detail: JSON = [:]
    ) throws {
        try tx.query(
            """
            insert into audit_entry (actor_id, actor_name, address, request_id, action, subject, detail)
            values (\(person.id), \(person.name), \(person.origin?.address), \(person.origin?.requestID), \(action),
                \(subject), \(masked(detail))::jsonb)
            """
        )
    }

    /// The detail of a change: `{"before": …, "after": …}` and what else there is to say. Never a secret.
    static func change(_ before: JSON, _ after: JSON, _ more: JSON = [:]) -> JSON {
        .object([.init("before", before), .init("after", after)] + (more.members ?? []))
    }

    /// A detail without what identifies whoever is paid back: of the account the last four characters, and no name. Entries
    /// are sealed as they are written, so what may have to be erased one day is not in them.
    static func masked(_ detail: JSON) -> JSON {
        switch detail {
        case .array(let items): .array(items.map(masked))
        case .object(let members): .object(members.map { .init($0.name, masked($0)) })
        case .null, .bool, .number, .string: detail
        }
    }

    private static func masked(_ member: JSON.Member) -> JSON {
        guard member.name == "beneficiary", let account = member.value["account_number"]?.string else {
            return masked(member.value)
        }
        let end = account.count > 4 ? String(account.suffix(4)) : ""
        return ["bank_bin": member.value["bank_bin"] ?? .null, "account_number": .string("…" + end)]
    }
}
