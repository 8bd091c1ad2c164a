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

    /// The settings by which a proved message is held to its connection's merchant. The first message that names one decides
    /// it, for good: trust on first use, for nobody has to know the code when a connection is set up.
    ///
    /// It is decided in the database and durable before the message counts, so that of two merchants' messages that come
    /// at once only one's is taken.
    func settings(of connection: BankConnection, after notice: BankNotice) async throws -> ConnectionSettings {
        var settings = connection.settings
        guard settings.merchant == nil, let stated = notice.merchant else { return settings }
        let learned = try await database.query(
            """
            update connection set merchant = \(stated), merchant_is_learned = true
            where id = \(connection.id)::integer and merchant is null returning merchant
            """
        )
        if learned.isEmpty {
            settings.merchant = try await database.query(
                "select merchant from connection where id = \(connection.id)::integer"
            ).row().get(0)
        } else {
            settings.merchant = stated
            try await announce(settings.name)
        }
        return settings
    }
}
