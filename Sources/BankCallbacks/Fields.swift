import Values

/// Reads the members of an object from a verified sender; every error names its member by JSON pointer.
struct Fields {
    let object: JSON
    /// The pointer of the object itself; empty for the whole body.
    let pointer: String

    init(_ object: JSON, at pointer: String = "") {
        self.object = object
        self.pointer = pointer
    }

    /// Reads a body that must be a JSON object, before or after its sender is verified.
    static func body(_ bytes: [UInt8], isProved: Bool) throws(CallbackRefusal) -> Fields {
        func refusal(_ message: Phrase) -> CallbackRefusal {
            isProved
                ? CallbackRefusal(.bodyMalformed, "", message) : .unproved(.bodyMalformed, "", message)
        }
        let json: JSON
        do {
            json = try JSON.parse(bytes)
        } catch {
            throw refusal(
                Phrase(
                    vi: "nội dung không phải là JSON hợp lệ: \(error.phrase[.vietnamese])",
                    en: "the body is not valid JSON: \(error.phrase[.english])"
                )
            )
        }
        guard json.members != nil else {
            throw refusal(Phrase(vi: "nội dung phải là một đối tượng JSON", en: "the body must be a JSON object"))
        }
        return Fields(json)
    }

    func invalid(_ name: String, _ message: Phrase) -> CallbackRefusal {
        CallbackRefusal(.fieldInvalid, "\(pointer)/\(name)", message)
    }

    private func given(_ name: String) throws(CallbackRefusal) -> JSON {
        guard let value = object[name] else {
            throw CallbackRefusal(.fieldMissing, "\(pointer)/\(name)", Phrase(vi: "còn thiếu", en: "must be given"))
        }
        return value
    }

    /// Reads a string with an allowed number of characters, without NUL.
    func text(_ name: String, _ length: ClosedRange<Int>) throws(CallbackRefusal) -> String {
        guard let text = try given(name).string, length.contains(text.unicodeScalars.count),
            !text.utf8.contains(0)
        else {
            throw invalid(
                name,
                Phrase(
                    vi: "phải là chuỗi từ \(length.lowerBound) đến \(length.upperBound) ký tự",
                    en: "must be a string of \(length.lowerBound) to \(length.upperBound) characters"
                )
            )
        }
        return text
    }

    /// Reads a string; returns `nil` if the member is missing, null or empty.
    func optionalText(_ name: String, _ maximum: Int) throws(CallbackRefusal) -> String? {
        guard let value = object[name], !value.isNull, value != .string("") else { return nil }
        return try text(name, 1...maximum)
    }

    /// Reads an id of 1 to 100 printable characters.
    ///
    /// - Parameters:
    ///   - numbers: whether the provider also writes ids as whole numbers.
    ///   - spaces: whether spaces are allowed inside, as in the ids of some banks.
    func identifier(_ name: String, numbers: Bool = false, spaces: Bool = false) throws(CallbackRefusal) -> String {
        let value = try given(name)
        let text = value.string ?? (numbers ? value.integer.map(String.init) : nil) ?? ""
        let isPrintable = text.unicodeScalars.allSatisfy { scalar in
            scalar.value > 0x20 && !(0x7F...0xA0).contains(scalar.value) || (spaces && scalar == " ")
        }
        guard (1...100).contains(text.unicodeScalars.count), isPrintable, !text.utf8.allSatisfy({ $0 == 0x20 }) else {
            throw invalid(
                name,
                Phrase(
                    vi: "phải là chuỗi từ 1 đến 100 ký tự, không có \(spaces ? "" : "dấu cách hay ")ký tự điều khiển",
                    en:
                        "must be a string of 1 to 100 characters, none of them a \(spaces ? "" : "space or ")control character"
                )
            )
        }
        return text
    }

    /// A merchant's code, which some gateways write as a number; `nil` where the member is missing or empty.
    func merchant(_ name: String) throws(CallbackRefusal) -> String? {
        if let number = object[name]?.integer { return String(number) }
        return try optionalText(name, 100)
    }

    /// Reads one of two words; returns true for the first.
    func choice(_ name: String, _ yes: String, _ no: String) throws(CallbackRefusal) -> Bool {
        switch try text(name, 1...20) {
        case yes: true
        case no: false
        default: throw invalid(name, Phrase(vi: "phải là \(yes) hoặc \(no)", en: "must be \(yes) or \(no)"))
        }
    }

    /// Reads a whole number of đồng, at least 1, or at least 0 if nothing was paid.
    ///
    /// - Parameter digits: whether the provider also writes numbers as strings.
    func amount(_ name: String, mayBeZero: Bool = false, digits: Bool = false) throws(CallbackRefusal) -> Money {
        let value = try given(name)
        let number = value.integer ?? (digits ? value.string.flatMap(wholeNumber) : nil)
        guard let amount = number.flatMap(Money.init(validating:)), mayBeZero || amount > .zero else {
            throw invalid(
                name,
                Phrase(
                    vi: "phải là số đồng nguyên từ \(mayBeZero ? 0 : 1) đến \(Money.maximum), viết dạng số JSON",
                    en: "must be a whole number of đồng from \(mayBeZero ? 0 : 1) to \(Money.maximum), as a JSON number"
                )
            )
        }
        return amount
    }

    /// Refuses any currency other than VND.
    func checkCurrency(_ name: String) throws(CallbackRefusal) {
        let currency = try text(name, 1...10)
        guard currency == "VND" else {
            throw CallbackRefusal(
                .currencyUnsupported,
                "\(pointer)/\(name)",
                Phrase(
                    vi: "hệ thống chỉ hạch toán VND, không nhận \(currency)",
                    en: "only VND is booked here, not \(currency)"
                )
            )
        }
    }

    /// Reads the account, which must be the connection's. For transfers to a virtual account, the connection may be set
    /// up with either the virtual or the real account.
    func account(
        _ name: String,
        virtual: String? = nil,
        _ connection: ConnectionSettings
    ) throws(CallbackRefusal) -> String {
        let account = try text(name, 1...40)
        if account == connection.accountNumber { return account }
        if let virtual, let other = try optionalText(virtual, 40), other == connection.accountNumber { return other }
        throw CallbackRefusal(
            .accountMismatch,
            "\(pointer)/\(name)",
            .otherAccount
        )
    }
}

extension Phrase {
    /// A message is about another account than its connection's.
    static var otherAccount: Phrase {
        Phrase(
            vi:
                "kết nối này báo cho tài khoản khác: hãy gửi vào kết nối của tài khoản đó, hoặc thiết lập lại kết nối này",
            en:
                "this connection reports on another account: send it to that account's connection, or set this one up again"
        )
    }
}
