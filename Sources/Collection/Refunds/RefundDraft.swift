public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A refund as it is asked for.
public struct RefundDraft: Sendable {
    /// Whose money is given back.
    public enum Source: Sendable, Hashable {
        /// What was received for a request: what was never owed first, then its fee.
        case request(UUID)
        /// What one case holds in suspense.
        case suspense(Int64)
    }

    public var source: Source
    /// `nil` for all that can be refunded.
    public var amount: Money?
    /// Why, in 1 to 500 characters. `not_eligible` and `duplicate` are words that the policies of fees know.
    public var reason: String
    public var note: String?
    public var beneficiary: Beneficiary?

    public init(
        source: Source,
        amount: Money? = nil,
        reason: String,
        note: String? = nil,
        beneficiary: Beneficiary? = nil
    ) {
        self.source = source
        self.amount = amount
        self.reason = reason
        self.note = note
        self.beneficiary = beneficiary
    }

    /// Reads the body of `POST /v1/refunds`.
    public init(_ json: JSON) throws {
        var body = BodyReader(json)
        var source: Source?
        if body.isGiven("payment_request_id") == body.isGiven("case_id") {
            body.fault(
                "/payment_request_id",
                Phrase(
                    vi: "hãy nêu payment_request_id hoặc case_id của khoản tiền được hoàn",
                    en: "name either a payment_request_id or a case_id: whose money goes back"
                )
            )
        } else if body.isGiven("case_id") {
            source = body.optionalInteger(
                "case_id",
                1...Int64.max,
                Phrase(vi: "mã của một vụ việc", en: "the id of a case")
            ).map { .suspense($0) }
        } else {
            source = UUID(uuidString: body.text("payment_request_id", 36...36)).map { .request($0) }
            if source == nil {
                body.fault(
                    "/payment_request_id",
                    Phrase(vi: "phải là mã của một yêu cầu thanh toán", en: "must be the id of a payment request")
                )
            }
        }
        amount = body.optionalInteger("amount", 1...Money.maximum.dong, BodyReader.wholeDong).map { Money($0) }
        reason = body.text("reason", 1...500)
        note = body.optionalText("note", 2000)
        beneficiary = body.beneficiary()
        try body.finish()
        guard let source else {
            throw ServiceError(
                .invalidBody,
                Phrase(vi: "Không đọc được nội dung gửi lên.", en: "The body cannot be read.")
            )
        }
        self.source = source
    }
}

extension BodyReader {
    /// The member `beneficiary`: `{bank_bin, account_number, name}`, or nothing.
    public mutating func beneficiary() -> Beneficiary? {
        guard let object = optionalObject("beneficiary") else { return nil }
        let before = faults.count
        let bin = text("bank_bin", 6...6, in: object, under: "/beneficiary")
        let account = text("account_number", 1...34, in: object, under: "/beneficiary")
        let name = text("name", 1...70, in: object, under: "/beneficiary")
        guard faults.count == before else { return nil }
        if !bin.utf8.allSatisfy({ (48...57).contains($0) }) {
            fault(
                "/beneficiary/bank_bin",
                Phrase(
                    vi: "phải là 6 chữ số NAPAS cấp cho ngân hàng, như 970436",
                    en: "must be the 6 digits that NAPAS gave the bank, such as 970436"
                )
            )
        }
        if !account.utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) }) {
            fault(
                "/beneficiary/account_number",
                Phrase(
                    vi: "chỉ gồm chữ và số, không có dấu cách hay dấu chấm",
                    en: "must be letters and digits alone, without spaces or dots"
                )
            )
        }
        return faults.count == before ? Beneficiary(bankBIN: bin, account: account, name: name) : nil
    }
}
