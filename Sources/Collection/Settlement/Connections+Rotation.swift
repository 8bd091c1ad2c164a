import BankCallbacks
import Postgres
import Values

extension Connections {
    /// Adds a new secret or changes the merchant. The old secret stays valid until `retireOld` ends it.
    public func rotate(
        name: String,
        secret: String? = nil,
        merchant: String? = nil,
        retireOld: Bool,
        by actor: Person
    ) async throws -> Listed {
        let listed = try await find(name)
        let profile = try Connections.profile(of: listed.profile)
        try Connections.check(merchant: merchant, profile)
        let sealed = try secret.map { try seal($0, profile, for: name) }
        try await database.transaction { tx in
            if let sealed { try Connections.requireUnheld([sealed.mark], exceptBy: name, tx) }
            let id = try tx.query("select id from connection where name = \(name) for update").row()
                .get(0, as: Int32.self)
            if let sealed {
                // Two secrets at most are in force: the newest so far and the new one.
                try Connections.retireAllButNewest(id, tx)
                try sealed.insert(for: id, tx)
            }
            if retireOld { try Connections.retireAllButNewest(id, tx) }
            if let merchant {
                let issuer = try Connections.issuer(profile, merchant: merchant, tx)
                try tx.query(
                    """
                    update connection set merchant = \(merchant), merchant_is_learned = false,
                        issuer_id = \(issuer)::integer
                    where id = \(id)::integer
                    """
                )
            }
            let detail = Audit.change(
                ["merchant": .optional(listed.merchant), "secrets": .integer(listed.secrets)],
                [
                    "merchant": .optional(merchant ?? listed.merchant),
                    "secrets": .integer(try Connections.secretsInForce(id, tx)),
                ],
                ["new_secret": .bool(sealed != nil)]
            )
            try Audit.record(tx, actor, "connection.rotate", "connection:\(name)", detail)
        }
        try await announce(name)
        return try await find(name)
    }

    private static func secretsInForce(_ id: Int32, _ tx: borrowing Transaction) throws -> Int64 {
        try tx.query(
            "select count(*) from connection_secret where connection_id = \(id)::integer and retired_at is null"
        ).row().get(0)
    }

    private static func retireAllButNewest(_ id: Int32, _ tx: borrowing Transaction) throws {
        try tx.query(
            """
            update connection_secret s set retired_at = now()
            where s.connection_id = \(id)::integer and s.retired_at is null and s.id < (
                select max(n.id) from connection_secret n where n.connection_id = \(id)::integer)
            """
        )
    }

    /// Makes every server look the connection up again.
    func announce(_ name: String) async throws {
        forget()
        _ = try await database.query("select pg_notify('khop_access', \(name))")
    }
}
