import Postgres
import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension Persons {
    /// Takes the accounts of OpenID Connect providers from a person, whose next login links another; sessions end.
    public func unlink(_ id: UUID, by actor: Person) async throws {
        try await database.transaction { tx in
            let ended = try tx.query(
                """
                update person_identity set ended_at = now(), ended_by = \(actor.id)
                where person_id = \(id)::uuid and ended_at is null returning issuer, subject
                """
            )
            guard ended.count > 0 else {
                throw ServiceError(
                    .notFound,
                    Phrase(
                        vi: "Người này không gắn với tài khoản nào của máy chủ tài khoản.",
                        en: "This person is linked to no account of a provider."
                    )
                )
            }
            for row in ended {
                let (issuer, subject) = try row.decode(String.self, String.self)
                let detail: JSON = ["issuer": .string(issuer), "subject": .string(subject)]
                try Audit.record(tx, actor, "person.unlink_identity", "person:\(id.text)", detail)
            }
            try Sessions.end(of: id, .roleChanged, tx)
        }
    }
}
