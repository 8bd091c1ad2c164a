import BankCallbacks
import Postgres
import Values

extension Connections {
    /// Throws for a merchant's code that is none, or that the messages of a profile never name.
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

    /// A connection as it is once a proved message has named a merchant, or none. The first message that names one decides it,
    /// for good: trust on first use, for nobody has to know the code when a connection is set up.
    ///
    /// It is decided in the database and durable before the message counts, so that of two merchants' messages that come
    /// at once only one's is taken. That message has the merchant's issuer already: another connection of the merchant may
    /// have reported the same transaction.
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
            return (stated, joined, true)
        }
        if isNew { try await announce(connection.settings.name) }
        var known = connection
        known.settings.merchant = merchant
        known.issuerID = issuer
        return known
    }

    /// Who gives out the transaction ids of a connection: the issuer that all connections of the profile and merchant share,
    /// made if it is the first of them; a new one for a connection whose merchant is not known.
    ///
    /// Issuers are never changed, so a server that still holds a connection as it was before it changed its merchant gives the
    /// messages of the former merchant that merchant's issuer.
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
