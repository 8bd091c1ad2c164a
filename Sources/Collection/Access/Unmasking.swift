import Identity
import Postgres
import Values

/// Lets somebody who need not see personal data see them for a reason, which the audit keeps.
public struct Unmasking: Sendable {
    private let database: Database

    init(_ database: Database) { self.database = database }

    /// How long a reason is, in characters.
    public static let reasonLengths = 10...500

    /// Records that a caller is shown personal data in full, before anything is shown; throws if the caller may not, or
    /// gave no reason.
    ///
    /// - Parameter what: what is read, such as `GET /v1/cases/17`.
    public func record(_ caller: Caller, reason: String?, what: String) async throws {
        guard !caller.rolesThatCount.isDisjoint(with: PersonalField.unmaskedForAReason) else {
            throw ServiceError(
                .forbidden,
                Phrase(
                    vi: "Vai trò của bạn không được xem đầy đủ dữ liệu cá nhân; phần cần cho công việc đã được hiện.",
                    en: "Your role may not see personal data in full; what the work needs is shown already."
                )
            )
        }
        try await record(caller.person, reason: reason, what: what)
    }

    /// Records that somebody who works with the database's own rights, or a person, is shown personal data in full.
    public func record(_ person: Person, reason: String?, what: String) async throws {
        let reason = reason?.trimming() ?? ""
        guard Unmasking.reasonLengths.contains(reason.count) else {
            throw ServiceError(
                .invalidParameter,
                at: "reason",
                Phrase(
                    vi: "hãy nêu lý do xem đầy đủ dữ liệu cá nhân, 10 đến 500 ký tự; lý do được ghi vào nhật ký",
                    en: "say why personal data are to be seen in full, in 10 to 500 characters; the audit keeps it"
                )
            )
        }
        try await database.transaction { tx in
            try Audit.record(tx, person, "personal_data.unmask", String(what.prefix(300)), ["reason": .string(reason)])
        }
    }
}
