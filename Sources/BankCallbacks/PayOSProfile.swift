import Values

/// payOS: JSON `{code, desc, success, data, signature}`, signed with HMAC-SHA256 over the members of `data`.
enum PayOSProfile {
    private static let maximumMembers = 64
    private static let signedNames = [
        "accountNumber", "amount", "code", "currency", "description", "orderCode", "reference", "transactionDateTime",
        "virtualAccountNumber",
    ]

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
            guard member.name.utf8.allSatisfy(isWord) else {
                throw .unproved(
                    .signatureMalformed,
                    "/data",
                    Phrase(
                        vi: "tên thành phần chỉ gồm chữ cái, chữ số và dấu _",
                        en: "a member's name may have only letters, digits and _"
                    )
                )
            }
            if let text = member.value.string {
                try JoinedFields.check(text, at: "/data/\(member.name)", hides: signedNames)
            }
        }
        return try read(Fields(data, at: "/data"), connection)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_")
    }

    /// `k1=v1&k2=v2…`, keys in alphabetical order; nothing is escaped.
    static func signingBytes(_ members: [JSON.Member]) -> [UInt8] {
        var out: [UInt8] = []
        for (index, member) in CanonicalJSON.sorted(members).enumerated() {
            if index > 0 { out.append(UInt8(ascii: "&")) }
            out.append(contentsOf: member.name.utf8)
            out.append(UInt8(ascii: "="))
            switch member.value {
            case .null, "null", "undefined": break
            case .string(let text), .number(let text): out.append(contentsOf: text.utf8)
            case .bool, .array, .object: out.append(contentsOf: CanonicalJSON.bytes(member.value))
            }
        }
        return out
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

    /// The example of payOS's documentation, which is sent, signed, when a webhook is set up: of an account nobody has.
    private static func isProbe(_ data: Fields, _ connection: ConnectionSettings) -> Bool {
        let account = "12345678"
        return data.object["accountNumber"]?.string == account && data.object["orderCode"]?.integer == 123
            && connection.accountNumber != account
    }
}
