import Values

/// Casso, webhook version 2: header `X-Casso-Signature: t=<Unix milliseconds>,v1=<hex>` with HMAC-SHA512 over the
/// timestamp and the body as canonical JSON.
///
/// The age of `t` is not checked: Casso specifies no limit and repeats a notice with its original `t`. A replay is
/// harmless, because it is a duplicate.
enum CassoProfile {
    static let header = "x-casso-signature"

    static func verify(
        _ message: SignedMessage,
        _ connection: ConnectionSettings
    ) throws(CallbackRefusal) -> CallbackContent {
        let value = try message.signatureHeader(header)
        let offered = try TimestampedHeader(value, name: header, unit: "milliseconds")
        let body = try Fields.body(message.body, isProved: false)
        guard proves(offered, body.object, connection) else { throw .mismatch(header) }
        guard let data = body.object["data"], data.members != nil else {
            throw CallbackRefusal(.fieldInvalid, "/data", Phrase(vi: "phải là một đối tượng", en: "must be an object"))
        }
        return try read(Fields(data, at: "/data"), connection)
    }

    /// Tries the plain form first, and forms with escapes only if they differ from it.
    private static func proves(
        _ offered: TimestampedHeader,
        _ body: JSON,
        _ connection: ConnectionSettings
    ) -> Bool {
        let plain = CanonicalJSON.bytes(body)
        func holds(_ text: [UInt8]) -> Bool {
            let signed = offered.timestamp + [UInt8(ascii: ".")] + text
            return offered.codes.contains { connection.provesSHA512($0, of: signed) }
        }
        if holds(plain) { return true }
        var possible: CanonicalJSON.Escaping = []
        for byte in plain {
            switch byte {
            case UInt8(ascii: "/"): possible.insert(.slashes)
            case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"): possible.insert(.markup)
            case 0x80...: possible.insert(.nonASCII)
            default: break
            }
        }
        return (1..<8).map(CanonicalJSON.Escaping.init(rawValue:)).contains { escaping in
            possible.isSuperset(of: escaping) && holds(CanonicalJSON.bytes(body, escaping: escaping))
        }
    }

    private static func read(
        _ data: Fields,
        _ connection: ConnectionSettings
    ) throws(CallbackRefusal) -> CallbackContent {
        // Sent by the "test" button of Casso's site, for an account that does not exist.
        let account = data.object["accountNumber"]?.string
        if data.object["reference"] == "MA_GIAO_DICH_THU_NGHIEM", account != connection.accountNumber { return .probe }
        // Outgoing money is reported as a negative amount.
        guard let signed = data.object["amount"]?.integer, signed != 0, signed != .min,
            let amount = Money(validating: signed < 0 ? -signed : signed)
        else {
            throw data.invalid(
                "amount",
                Phrase(
                    vi: "phải là số đồng nguyên khác 0, tối đa \(Money.maximum), viết dạng số JSON",
                    en: "must be a whole number of đồng other than 0, at most \(Money.maximum), as a JSON number"
                )
            )
        }
        return .notice(
            BankNotice(
                transactionID: try data.identifier("reference", numbers: true, spaces: true),
                amount: amount,
                accountNumber: try data.account("accountNumber", virtual: "virtualAccountNumber", connection),
                isCredit: signed > 0,
                occurredAt: try data.optionalText("transactionDateTime", 100).flatMap(ProviderTime.local),
                memo: try data.optionalText("description", PlainBody.maximumMemoCharacters)
            )
        )
    }
}
