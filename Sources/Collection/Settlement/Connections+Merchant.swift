import BankCallbacks
import Postgres
import Values

extension Connections {
    /// Throws if a merchant's code is malformed, or if the messages of the profile never name a merchant.
    static func check(merchant: String?, _ profile: CallbackProfile) throws {
        guard let merchant else { return }
        guard profile.merchantField != nil else {
            throw ServiceError(
                .invalidParameter,
                at: "merchant",
                Phrase(
                    vi: "thông báo kiểu \(profile.rawValue) không nêu mã đơn vị chấp nhận thanh toán: bỏ --merchant",
                    en: "messages of the profile \(profile.rawValue) name no merchant: leave --merchant out"
                )
            )
        }
        guard (1...100).contains(merchant.utf8.count), merchant.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }) else {
            throw ServiceError(
                .invalidParameter,
                at: "merchant",
                Phrase(
                    vi: "mã đơn vị chấp nhận thanh toán có 1 đến 100 ký tự ASCII, không có dấu cách",
                    en: "a merchant's code has 1 to 100 ASCII characters, without spaces"
                )
            )
        }
    }

    /// Returns a connection after an authenticated message. The first message that names a merchant decides it for good
    /// (trust on first use), because nobody needs to know the code when a connection is set up.
    ///
    /// The decision is committed before the message counts, so that of two merchants' concurrent messages only one is
    /// accepted. That message already belongs to the merchant's issuer: another connection of the merchant may have
    /// reported the same transaction.
    func knowing(_ stated: String?, _ connection: BankConnection) async throws -> BankConnection {
        guard connection.settings.merchant == nil, let stated else { return connection }
        let (merchant, issuer, isNew) = try await database.transaction { tx in
            let (merchant, issuer) = try tx.query(
                "select merchant, issuer_id from connection where id = \(connection.id)::integer for no key update"
            ).row().decode(String?.self, Int32.self)
            if let merchant { return (merchant, issuer, false) }
            let joined = try Connections.issuer(connection.settings.profile, merchant: stated, tx)
            try tx.query(
                """
                update connection set merchant = \(stated), merchant_is_learned = true, issuer_id = \(joined)::integer
                where id = \(connection.id)::integer
                """
            )
            try Audit.record(
                tx,
                .system,
                "connection.learn_merchant",
                "connection:\(connection.settings.name)",
                ["merchant": .string(stated)]
            )
            return (stated, joined, true)
        }
        if isNew { try await announce(connection.settings.name) }
        var known = connection
        known.settings.merchant = merchant
        known.issuerID = issuer
        return known
    }

    /// Returns the issuer that all connections of a profile and merchant share, and creates it for the first of them. A
    /// connection whose merchant is unknown gets an issuer of its own.
    ///
    /// Issuers never change. A server that still holds a connection from before a change of its merchant therefore files
    /// the former merchant's messages under that merchant's issuer.
    static func issuer(_ profile: CallbackProfile, merchant: String?, _ tx: borrowing Transaction) throws -> Int32 {
        guard let merchant else {
            return try tx.query("insert into issuer (profile) values (\(profile.rawValue)) returning id").row().get(0)
        }
        try tx.query(
            """
            insert into issuer (profile, merchant) values (\(profile.rawValue), \(merchant))
            on conflict (profile, merchant) where merchant is not null do nothing
            """
        )
        // A statement of its own sees the row even if another transaction has just made it.
        return try tx.query(
            "select id from issuer where profile = \(profile.rawValue) and merchant = \(merchant)"
        ).row().get(0)
    }
}
