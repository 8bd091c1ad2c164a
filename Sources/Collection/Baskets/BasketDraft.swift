import Casework
public import Values

/// A basket to be made.
public struct BasketDraft: Sendable {
    /// In the order in which money pays them.
    public var requests: [RequestName]
    /// Seconds until its code is no longer shown.
    public var expiresIn: Int64

    /// Reads the body of `POST /v1/baskets`; reports every fault with its JSON pointer.
    public init(_ json: JSON) throws {
        var body = BodyReader(json)
        body.know("payment_requests")
        var names: [RequestName] = []
        let range = BasketRules.size
        if let list = json["payment_requests"]?.array, range.contains(list.count) {
            for (index, item) in list.enumerated() {
                if let name = item.string.flatMap(RequestName.init) {
                    names.append(name)
                } else {
                    body.fault("/payment_requests/\(index)", RequestName.form)
                }
            }
        } else {
            body.fault(
                "/payment_requests",
                Phrase(
                    vi: "phải là danh sách từ \(range.lowerBound) đến \(range.upperBound) yêu cầu thanh toán",
                    en: "must be a list of \(range.lowerBound) to \(range.upperBound) payment requests"
                )
            )
        }
        requests = names
        expiresIn =
            body.optionalInteger(
                "expires_in",
                60...PaymentRequestDraft.maximumExpirySeconds,
                Phrase(vi: "số giây, tối đa 30 ngày", en: "seconds, at most 30 days")
            ) ?? PaymentRequestDraft.defaultExpirySeconds
        try body.finish()
    }
}
