import Postgres

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension SecondFactor {
    /// Seals the secrets of authenticators that are under another key with the current one; returns how many.
    static func reseal(_ tx: borrowing Transaction, from old: SecretBox, to box: SecretBox) throws -> Int {
        let persons = try tx.query(
            """
            select id, totp_sealed from person
            where totp_key_id = \(old.keyID) and totp_key_id <> \(box.keyID) order by id for update
            """
        )
        for row in persons {
            let (id, sealed) = try row.decode(UUID.self, Bytes.self)
            try tx.query(
                """
                update person set totp_sealed = \(try resealed(sealed, of: id, old, box)), totp_key_id = \(box.keyID)
                where id = \(id)::uuid
                """
            )
        }
        let invitations = try tx.query(
            """
            select id, person_id, totp_sealed from invitation
            where totp_key_id = \(old.keyID) and totp_key_id <> \(box.keyID) and used_at is null order by id for update
            """
        )
        for row in invitations {
            let (id, person, sealed) = try row.decode(Int64.self, UUID.self, Bytes.self)
            try tx.query(
                """
                update invitation set totp_sealed = \(try resealed(sealed, of: person, old, box)),
                    totp_key_id = \(box.keyID)
                where id = \(id)::bigint
                """
            )
        }
        return persons.count + invitations.count
    }

    private static func resealed(_ sealed: Bytes, of person: UUID, _ old: SecretBox, _ box: SecretBox) throws -> Bytes {
        Bytes(box.seal(try old.open(sealed.bytes, for: binding(person)), for: binding(person)))
    }
}
