import Values

/// The body for the profiles that do not prescribe one: standard, timestamped and rfc9421.
///
/// `{transaction_id, amount, currency, account_number, direction, status, occurred_at, reference?, memo?}`
enum PlainBody {
    static let maximumReferenceCharacters = 100
    static let maximumMemoCharacters = 1000

    /// Reads the body of a verified message. Unknown members are ignored.
    static func read(_ body: [UInt8], _ connection: ConnectionSettings) throws(CallbackRefusal) -> BankNotice {
        let fields = try Fields.body(body, isProved: true)
        let transactionID = try fields.identifier("transaction_id")
        let isSuccess = try fields.choice("status", "success", "failed")
        let isCredit = try fields.choice("direction", "credit", "debit")
        let amount = try fields.amount("amount", mayBeZero: !isSuccess)
        try fields.checkCurrency("currency")
        let account = try fields.account("account_number", connection)
        guard let occurredAt = Instant(try fields.text("occurred_at", 1...40)) else {
            throw fields.invalid(
                "occurred_at",
                Phrase(
                    vi: "phải là thời điểm theo RFC 3339, như 2026-11-21T09:30:00+07:00",
                    en: "must be a time of RFC 3339, such as 2026-11-21T09:30:00+07:00"
                )
            )
        }
        return BankNotice(
            transactionID: transactionID,
            amount: amount,
            accountNumber: account,
            isCredit: isCredit,
            isSuccess: isSuccess,
            occurredAt: occurredAt,
            reference: try fields.optionalText("reference", maximumReferenceCharacters),
            memo: try fields.optionalText("memo", maximumMemoCharacters)
        )
    }
}
