public import Casework
public import PaymentQR
public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A refund to be requested.
public struct RefundDraft: Sendable {
    /// Where the money of a refund comes from.
    public enum Source: Sendable, Hashable {
        /// What was received for a request: first what was never owed, then its fee.
        case request(UUID)
        /// The same, for the request with a reference.
        case reference(CreditorReference)
        /// What one case holds in suspense.
        case suspense(Int64)
    }

    public var source: Source
    /// `nil` for all that can be refunded.
    public var amount: Money?
    /// Why, in 1 to 500 characters. The refund policies of fees depend on `not_eligible` and `duplicate`.
    public var reason: String
    public var note: String?
    /// `nil` for the account that paid, if the bank reported it.
    public var payee: RefundPayee?

    public init(
        source: Source,
        amount: Money? = nil,
        reason: String,
        note: String? = nil,
        payee: RefundPayee? = nil
    ) {
        self.source = source
        self.amount = amount
        self.reason = reason
        self.note = note
        self.payee = payee
    }

    /// Reads the body of `POST /v1/refunds`.
    public init(_ json: JSON) throws {
        var body = BodyReader(json)
        let source = RefundDraft.source(&body)
        amount = body.optionalInteger("amount", 1...Money.maximum.dong, BodyReader.wholeDong).map { Money($0) }
        reason = body.text("reason", 1...500)
        note = body.optionalText("note", 2000)
        payee = body.payee()
        try body.finish()
        guard let source else { throw ServiceError(.invalidBody, at: "/payment_request_id", .isMissing) }
        self.source = source
    }

    private static func source(_ body: inout BodyReader) -> Source? {
        body.know("payment_request_id", "reference", "case_id")
        let given = ["payment_request_id", "reference", "case_id"].filter { body.isGiven($0) }
        guard given.count == 1 else {
            body.fault(
                "/payment_request_id",
                Phrase(
                    vi: "hãy nêu payment_request_id, reference hoặc case_id của khoản tiền được hoàn, chỉ một",
                    en: "name a payment_request_id, a reference or a case_id, one of them: whose money goes back"
                )
            )
            return nil
        }
        if given[0] == "case_id" {
            let range = 1...Int64.max
            let what = Phrase(vi: "mã của một vụ việc", en: "the id of a case")
            return body.optionalInteger("case_id", range, what).map { .suspense($0) }
        }
        // People have references at hand, programs have ids.
        let name = body.text(given[0], 1...60)
        if let id = UUID(uuidString: name) { return .request(id) }
        if let reference = CreditorReference(name) { return .reference(reference) }
        body.fault(
            "/" + given[0],
            RequestName.form
        )
        return nil
    }
}
