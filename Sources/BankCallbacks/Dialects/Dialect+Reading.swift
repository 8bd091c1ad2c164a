import Values

/// Reading the fields of a verified message.
extension Dialect {
    func read(_ fields: WrittenFields, _ connection: ConnectionSettings) throws(CallbackRefusal) -> BankNotice {
        var isSuccess = true
        if let success = meaning.success {
            isSuccess = success.values.contains(try required(success.field, fields))
        }
        if let name = meaning.currency, let currency = fields[name], !currency.isEmpty, currency != "VND" {
            throw CallbackRefusal(
                .currencyUnsupported,
                pointer(name),
                Phrase(vi: "hệ thống chỉ hạch toán VND", en: "only VND is booked here")
            )
        }
        let reference = try optional(meaning.reference, fields, PlainBody.maximumReferenceCharacters)
        return BankNotice(
            transactionID: try transactionID(fields),
            amount: try amount(fields, mayBeZero: !isSuccess),
            accountNumber: try account(fields, connection),
            isCredit: try isCredit(fields),
            isSuccess: isSuccess,
            occurredAt: meaning.occurredAt.flatMap { time in fields[time.field].flatMap(time.form.read) },
            reference: reference,
            memo: try optional(meaning.memo, fields, PlainBody.maximumMemoCharacters),
            bankReference: try optional(meaning.bankReference, fields, 100),
            merchant: try optional(meaning.merchant, fields, 100)
        )
    }

    private func required(_ name: String, _ fields: WrittenFields) throws(CallbackRefusal) -> String {
        guard let text = fields[name], !text.isEmpty else {
            throw CallbackRefusal(.fieldMissing, pointer(name), Phrase(vi: "còn thiếu", en: "must be given"))
        }
        return text
    }

    private func optional(
        _ name: String?,
        _ fields: WrittenFields,
        _ maximum: Int
    ) throws(CallbackRefusal) -> String? {
        guard let name, let text = fields[name], !text.isEmpty else { return nil }
        guard text.unicodeScalars.count <= maximum, !text.utf8.contains(0) else {
            throw CallbackRefusal(
                .fieldInvalid,
                pointer(name),
                Phrase(vi: "tối đa \(maximum) ký tự", en: "must have at most \(maximum) characters")
            )
        }
        return text
    }

    private func transactionID(_ fields: WrittenFields) throws(CallbackRefusal) -> String {
        let name = meaning.transactionID.first { fields[$0]?.isEmpty == false && fields[$0] != "0" }
        let stated = try required(name ?? meaning.transactionID[0], fields)
        // A payment that never began may have no number of its own: the order's makes the id unique.
        let isAnother = name != nil && name != meaning.transactionID[0]
        let text = isAnother ? "0-" + stated : stated
        guard (1...100).contains(text.unicodeScalars.count),
            text.unicodeScalars.allSatisfy({ $0.value > 0x20 && !(0x7F...0xA0).contains($0.value) })
        else {
            throw CallbackRefusal(
                .fieldInvalid,
                pointer(name ?? meaning.transactionID[0]),
                Phrase(
                    vi: "phải từ 1 đến 100 ký tự, không có dấu cách hay ký tự điều khiển",
                    en: "must have 1 to 100 characters, none of them a space or control character"
                )
            )
        }
        return text
    }

    private func amount(_ fields: WrittenFields, mayBeZero: Bool) throws(CallbackRefusal) -> Money {
        var whole: Int64? = 0
        for name in meaning.amount.fields {
            let text = fields[name] ?? ""
            // Only the first of several parts must be given.
            if text.isEmpty, name != meaning.amount.fields[0] { continue }
            guard let part = Dialect.wholeAmount(text), let sum = whole, part <= Money.maximum.dong * 100 else {
                whole = nil
                break
            }
            whole = sum + part
        }
        var isWhole = true
        if case .hundredths = meaning.amount, let value = whole {
            isWhole = value.isMultiple(of: 100)
            whole = value / 100
        }
        guard isWhole, let amount = whole.flatMap(Money.init(validating:)), mayBeZero || amount > .zero else {
            let times = if case .hundredths = meaning.amount { true } else { false }
            throw CallbackRefusal(
                .fieldInvalid,
                pointer(meaning.amount.fields[0]),
                Phrase(
                    vi:
                        "phải là số đồng nguyên từ \(mayBeZero ? 0 : 1) đến \(Money.maximum)\(times ? ", nhân 100" : "")",
                    en:
                        "must be a whole number of đồng from \(mayBeZero ? 0 : 1) to \(Money.maximum)\(times ? ", times 100" : "")"
                )
            )
        }
        return amount
    }

    /// Digits, also with nothing but zeros behind a point, as senders write that keep amounts with decimals.
    static func wholeAmount(_ text: String) -> Int64? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard (1...2).contains(parts[1].utf8.count), parts[1].allSatisfy({ $0 == "0" }) else { return nil }
        }
        return parts.first.flatMap { wholeNumber($0) }
    }

    private func isCredit(_ fields: WrittenFields) throws(CallbackRefusal) -> Bool {
        guard let direction = meaning.direction else { return true }
        let word = try required(direction.field, fields)
        if direction.credit.contains(word) { return true }
        if direction.debit.contains(word) { return false }
        let all = (direction.credit.sorted() + direction.debit.sorted()).joined(separator: ", ")
        throw CallbackRefusal(
            .fieldInvalid,
            pointer(direction.field),
            Phrase(vi: "phải là một trong: \(all)", en: "must be one of: \(all)")
        )
    }

    private func account(
        _ fields: WrittenFields,
        _ connection: ConnectionSettings
    ) throws(CallbackRefusal) -> String? {
        guard let name = meaning.account else { return nil }
        let account = try required(name, fields)
        guard account == connection.accountNumber else {
            throw CallbackRefusal(.accountMismatch, pointer(name), .otherAccount)
        }
        return account
    }
}

extension Dialect.TimeForm {
    fileprivate func read(_ text: String) -> Instant? {
        switch self {
        case .compact: ProviderTime.compact(text)
        case .local: ProviderTime.local(text)
        case .milliseconds: ProviderTime.milliseconds(.string(text))
        }
    }
}
