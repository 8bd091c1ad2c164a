import Identity
import Postgres
import Values

extension Persons {
    /// Changes the password of a session's owner, who gives the one before and a code; every other session ends.
    public func changePassword(of session: PersonSession, from old: String, to new: String) async throws {
        guard session.caller.hasFreshFactor(at: .now()) else { throw ServiceError.secondFactorNeeded }
        let person = session.person
        let stored = try await database.query("select password_hash from person where id = \(person.id)::uuid")
            .row().get(0, as: String?.self)
        guard old.utf8.count <= PasswordRules.maximumBytes, try await hasher.verifies(stored, old) else {
            throw ServiceError(
                .invalidBody,
                at: "old_password",
                Phrase(vi: "không phải mật khẩu hiện tại", en: "is not the present password")
            )
        }
        try Persons.check(new, of: [person.name, person.email], at: "password")
        let hash = try await hasher.hash(new)
        try await database.transaction { tx in
            try tx.query(
                "update person set password_hash = \(hash), password_set_at = now() where id = \(person.id)::uuid"
            )
            try Sessions.end(of: person.id, but: session.id, .passwordChanged, tx)
            try Audit.record(tx, session.actor, "person.change_password", session.actor.id)
        }
    }

    /// New recovery codes in the place of the old ones; shown once.
    public func renewRecoveryCodes(of session: PersonSession) async throws -> [String] {
        guard session.caller.hasFreshFactor(at: .now()) else { throw ServiceError.secondFactorNeeded }
        return try await database.transaction { tx in
            try Audit.record(tx, session.actor, "person.renew_recovery_codes", session.actor.id)
            return try SecondFactor.renewRecovery(of: session.person.id, tx)
        }
    }
}
