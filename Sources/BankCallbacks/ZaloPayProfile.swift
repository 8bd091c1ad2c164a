import Values

/// ZaloPay: JSON `{data, mac, type}`; `data` is JSON in a string and `mac` its HMAC-SHA256. Only successes are
/// reported.
enum ZaloPayProfile {
    static func verify(
        _ message: SignedMessage,
        _ connection: ConnectionSettings
    ) throws(CallbackRefusal) -> CallbackContent {
        let body = try Fields.body(message.body, isProved: false)
        guard let text = body.object["data"]?.string else {
            throw .unproved(.bodyMalformed, "/data", Phrase(vi: "phải là chuỗi", en: "must be a string"))
        }
        guard let mac = body.object["mac"]?.string else {
            throw .unproved(.signatureMissing, "/mac", Phrase(vi: "còn thiếu", en: "must be given"))
        }
        guard let code = bytes(hex: mac) else {
            throw .unproved(
                .signatureMalformed,
                "/mac",
                Phrase(vi: "phải là chữ số thập lục phân", en: "must be hex digits")
            )
        }
        let signed = Array(text.utf8)
        guard connection.provesSHA256(code, of: signed) else { throw .mismatch("/mac") }
        let data = try Fields.body(signed, isProved: true)
        let merchant = try Fields(data.object, at: "/data").merchant("app_id")
        try connection.require(merchant: merchant)
        // Agreements to charge later arrive at the same address; no money moves.
        if data.object["zp_trans_id"] == nil, data.object["amount"] == nil { return .probe }
        return .notice(try read(Fields(data.object, at: "/data"), merchant))
    }

    private static func read(_ data: Fields, _ merchant: String?) throws(CallbackRefusal) -> BankNotice {
        let orderID = try data.identifier("app_trans_id")
        return BankNotice(
            transactionID: try data.identifier("zp_trans_id", numbers: true),
            amount: try data.amount("amount"),
            occurredAt: ProviderTime.milliseconds(data.object["server_time"]),
            reference: reference(orderID),
            merchant: merchant
        )
    }

    /// Returns the order id without the prefix `yymmdd_`, which ZaloPay requires.
    static func reference(_ orderID: String) -> String {
        let bytes = orderID.utf8
        guard bytes.count > 7, bytes.prefix(6).allSatisfy({ (48...57).contains($0) }),
            bytes.dropFirst(6).first == UInt8(ascii: "_")
        else { return orderID }
        return String(orderID.dropFirst(7))
    }

    /// Returns HTTP 200 with `{return_code, return_message}`: 1 done, 2 duplicate, -1 invalid mac, 0 retry (at most 3
    /// times).
    static func acknowledge(_ result: CallbackResult, _ language: Language) -> Acknowledgement {
        let (code, words): (Int, String) =
            switch result {
            case .recorded("duplicate", _): (2, "duplicate")
            case .recorded, .probe: (1, "success")
            case .refused(let refusal) where refusal.isUnproved: (-1, "mac not equal")
            case .refused(let refusal): (0, "\(refusal.field): \(refusal.message[language])")
            case .conflict: (0, "reported before with other content")
            case .unavailable, .failed: (0, "not recorded, send again")
            }
        return .json(["return_code": .integer(code), "return_message": .string(words)])
    }
}
