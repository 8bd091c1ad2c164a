import BankCallbacks
import Postgres
import Values
import Workflow

/// A connection's secret as it is stored.
struct SealedSecret: Sendable {
    let sealed: Bytes
    let keyID: String
    /// The same for equal secrets under the same key; see ``SecretBox/mark(_:)``.
    let mark: Bytes
    /// When the certificate in it ends; `nil` for other secrets.
    let endsAt: Instant?

    /// Stores it in addition to the connection's other secrets.
    func insert(for connection: Int32, _ tx: borrowing Transaction) throws {
        try tx.query(
            """
            insert into connection_secret (connection_id, sealed, key_id, mark, ends_at)
            values (\(connection)::integer, \(sealed), \(keyID), \(mark), \(endsAt)::timestamptz)
            """
        )
    }
}

extension Connections {
    /// Seals a secret for a connection; throws if it is invalid or weak.
    func seal(_ secret: String, _ profile: CallbackProfile, for connection: String) throws -> SealedSecret {
        do throws(CallbackRefusal) {
            let read = try CallbackSecret(profile: profile, text: secret)
            try read.checkStrength()
            return SealedSecret(
                sealed: Bytes(box.seal(secret, for: connection)),
                keyID: box.keyID,
                mark: Bytes(box.mark(read)),
                endsAt: read.endsAt.map { Instant(unixSeconds: $0) }
            )
        } catch {
            throw ServiceError(.invalidParameter, at: "secret", error.message)
        }
    }

    /// Throws if another connection in use already has one of these secrets: a message signed with it would count for
    /// both.
    static func requireUnheld(_ marks: [Bytes], exceptBy name: String, _ tx: borrowing Transaction) throws {
        try Locks.secrets(tx)
        let holders = try tx.query(
            """
            select c.name from connection_secret s join connection c on c.id = s.connection_id
            where s.mark = any(\(marks)::bytea[]) and s.retired_at is null and c.disabled_at is null and c.name <> \(name)
            order by c.name limit 1
            """
        )
        guard let holder = try holders.first?.get(0, as: String.self) else { return }
        throw ServiceError(.conflict, .secretHeld(by: holder))
    }
}
