public import Postgres
import Values

/// The terms for the statements of an account.
public struct AccountTerms: Sendable {
    private let database: Database

    public init(_ database: Database) { self.database = database }

    /// Who must agree before a line of a statement that a person uploaded settles a request.
    public enum Recovery: String, Sendable, CaseIterable {
        /// Nobody: the account's files are trusted.
        case automatic
        /// Another person than the one who imported the file.
        case confirmed
    }

    /// Sets what a line without a notice needs to settle a request. It is audited, because it decides whether one
    /// person is enough.
    public func setRecovery(_ recovery: Recovery, account: String, by person: Person) async throws {
        try await Accounts.require(account, in: database)
        try await database.transaction { tx in
            let before = try tx.query(
                "select recovery from account_terms where account_number = \(account) for update"
            ).first.map { try $0.get(0, as: String.self) }
            try tx.query(
                """
                insert into account_terms (account_number, recovery, changed_by)
                values (\(account), \(recovery.rawValue), \(person.name))
                on conflict (account_number) do update set recovery = excluded.recovery,
                    changed_by = excluded.changed_by, changed_at = now()
                """
            )
            try Audit.record(
                tx,
                person,
                "account.recovery",
                "account:\(account)",
                ["before": .string(before ?? Recovery.confirmed.rawValue), "after": .string(recovery.rawValue)]
            )
        }
    }

    /// What a line of an account without a notice needs to settle a request.
    public func recovery(of account: String) async throws -> Recovery {
        let stored = try await database.query(
            "select recovery from account_terms where account_number = \(account)"
        ).first?.get(0, as: String.self)
        return stored.flatMap(Recovery.init(rawValue:)) ?? .confirmed
    }
}
