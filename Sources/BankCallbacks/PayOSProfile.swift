import Values

/// payOS: JSON `{code, desc, success, data, signature}`, signed with HMAC-SHA256 over the members of `data`.
enum PayOSProfile {
    private static let maximumMembers = 64

    static func verify(
        _ message: SignedMessage,
        _ connection: ConnectionSettings
    ) throws(CallbackRefusal) -> CallbackContent {
        let body = try Fields.body(message.body, isProved: false)
        guard let data = body.object["data"], let members = data.members, members.count <= maximumMembers else {
            throw .unproved(.bodyMalformed, "/data", Phrase(vi: "phải là một đối tượng", en: "must be an object"))
        }
        guard let signature = body.object["signature"]?.string else {
            throw .unproved(.signatureMissing, "/signature", Phrase(vi: "còn thiếu", en: "must be given"))
        }
        guard let code = bytes(hex: signature) else {
            throw .unproved(
                .signatureMalformed,
                "/signature",
                Phrase(vi: "phải là chữ số thập lục phân", en: "must be hex digits")
            )
        }
        guard connection.provesSHA256(code, of: signingBytes(members)) else { throw .mismatch("/signature") }
        for member in members {
            guard member.name.utf8.allSatisfy(JoinedFields.isWord) else {
                throw .unproved(
                    .signatureMalformed,
                    "/data",
                    Phrase(
                        vi: "tên thành phần chỉ gồm chữ cái, chữ số và dấu _",
                        en: "a member's name may have only letters, digits and _"
                    )
                )
            }
            try JoinedFields.check(signed(member.value), at: "/data/\(member.name)")
        }
        return try read(Fields(data, at: "/data"), connection)
    }

    /// `k1=v1&k2=v2…`, keys in alphabetical order; nothing is escaped.
    static func signingBytes(_ members: [JSON.Member]) -> [UInt8] {
        var out: [UInt8] = []
        for (index, member) in CanonicalJSON.sorted(members).enumerated() {
            if index > 0 { out.append(UInt8(ascii: "&")) }
            out.append(contentsOf: member.name.utf8)
            out.append(UInt8(ascii: "="))
            out.append(contentsOf: signed(member.value))
        }
        return out
    }

    /// The bytes of a value in the signed text.
    private static func signed(_ value: JSON) -> [UInt8] {
        switch value {
        case .null, "null", "undefined": []
        case .string(let text), .number(let text): Array(text.utf8)
        case .bool, .array, .object: CanonicalJSON.bytes(value)
        }
    }

    private static func read(
        _ data: Fields,
        _ connection: ConnectionSettings
    ) throws(CallbackRefusal) -> CallbackContent {
        if isProbe(data, connection) { return .probe }
        let isSuccess = try data.text("code", 1...20) == "00"
        if data.object["currency"] != nil { try data.checkCurrency("currency") }
        return .notice(
            BankNotice(
                transactionID: try data.identifier("reference", numbers: true, spaces: true),
                amount: try data.amount("amount", mayBeZero: !isSuccess),
                accountNumber: try data.account("accountNumber", virtual: "virtualAccountNumber", connection),
                isSuccess: isSuccess,
                occurredAt: try data.optionalText("transactionDateTime", 100).flatMap(ProviderTime.local),
                memo: try data.optionalText("description", PlainBody.maximumMemoCharacters)
            )
        )
    }

    /// Whether this is the example from payOS's documentation, which payOS sends, signed, when a webhook is set up, for
    /// an account that does not exist.
    private static func isProbe(_ data: Fields, _ connection: ConnectionSettings) -> Bool {
        let account = "12345678"
        return data.object["accountNumber"]?.string == account && data.object["orderCode"]?.integer == 123
            && connection.accountNumber != account
    }
}
