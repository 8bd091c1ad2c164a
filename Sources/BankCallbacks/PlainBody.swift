import Values

/// The body of the profiles that leave it to us: standard, timestamped and rfc9421.
///
/// `{transaction_id, amount, currency, account_number, direction, status, occurred_at, reference?, memo?}`
enum PlainBody {
    static func read(_ body: [UInt8], _ connection: ConnectionSettings) throws(CallbackRefusal) -> BankNotice {
        let json: JSON
        do {
            json = try JSON.parse(body)
        } catch {
            throw CallbackRefusal(.bodyMalformed, "", "the body is no acceptable JSON: \(error)")
        }
        guard json.members != nil else { throw CallbackRefusal(.bodyMalformed, "", "the body must be a JSON object") }
        let transactionID = try text(json, "transaction_id", 1...100)
        guard transactionID.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F }) else {
            throw CallbackRefusal(.fieldInvalid, "/transaction_id", "must have no spaces or control characters")
        }
        let isSuccess = try one(json, "status", "success", "failed")
        let isCredit = try one(json, "direction", "credit", "debit")
        let amount = try amount(json, mayBeZero: !isSuccess)
        let currency = try text(json, "currency", 1...10)
        guard currency == "VND" else {
            throw CallbackRefusal(.currencyUnsupported, "/currency", "only VND is booked here, not \(currency)")
        }
        let account = try text(json, "account_number", 1...40)
        guard account == connection.accountNumber else {
            throw CallbackRefusal(.accountMismatch, "/account_number", "this connection reports on another account")
        }
        let occurred = try text(json, "occurred_at", 1...40)
        guard let occurredAt = Instant(occurred) else {
            throw CallbackRefusal(
                .fieldInvalid,
                "/occurred_at",
                "must be a time of RFC 3339, such as 2026-11-21T09:30:00+07:00"
            )
        }
        return BankNotice(
            transactionID: transactionID,
            amount: amount,
            accountNumber: account,
            isCredit: isCredit,
            isSuccess: isSuccess,
            occurredAt: occurredAt,
            reference: try optionalText(json, "reference", 100),
            memo: try optionalText(json, "memo", 1000)
        )
    }

    private static func text(
        _ json: JSON,
        _ name: String,
        _ length: ClosedRange<Int>
    ) throws(CallbackRefusal) -> String {
        guard let value = json[name] else {
            throw CallbackRefusal(.fieldMissing, "/\(name)", "must be given")
        }
        guard let text = value.string, length.contains(text.unicodeScalars.count), !text.unicodeScalars.contains("\0")
        else {
            throw CallbackRefusal(
                .fieldInvalid,
                "/\(name)",
                "must be a string of \(length.lowerBound) to \(length.upperBound) characters"
            )
        }
        return text
    }

    private static func optionalText(_ json: JSON, _ name: String, _ maximum: Int) throws(CallbackRefusal) -> String? {
        guard let value = json[name], !value.isNull, value != .string("") else { return nil }
        return try text(json, name, 1...maximum)
    }

    private static func one(
        _ json: JSON,
        _ name: String,
        _ yes: String,
        _ no: String
    ) throws(CallbackRefusal) -> Bool {
        switch try text(json, name, 1...20) {
        case yes: true
        case no: false
        default: throw CallbackRefusal(.fieldInvalid, "/\(name)", "must be \(yes) or \(no)")
        }
    }

    private static func amount(_ json: JSON, mayBeZero: Bool) throws(CallbackRefusal) -> Money {
        guard let value = json["amount"] else { throw CallbackRefusal(.fieldMissing, "/amount", "must be given") }
        guard let amount = value.integer.flatMap(Money.init(validating:)), mayBeZero || amount > .zero else {
            throw CallbackRefusal(
                .fieldInvalid,
                "/amount",
                "must be a whole number of đồng from \(mayBeZero ? 0 : 1) to \(Money.maximum), as a JSON number"
            )
        }
        return amount
    }
}
