import Values

/// The types of events. Their texts are part of the contract and never change.
public enum EventType: String, Sendable, CaseIterable {
    case requestPaid = "payment_request.paid"
    case requestPartiallyPaid = "payment_request.partially_paid"
    /// The statement that had paid it was undone: it is to be paid again.
    case requestUnpaid = "payment_request.unpaid"
    case requestExpired = "payment_request.expired"
    /// Refunded in part or in full; the request's `status` says which.
    case requestRefunded = "payment_request.refunded"
    /// More arrived than was due. Sent only to endpoints that name it, beside the payment's own event.
    case requestOverpaid = "payment_request.overpaid"
    /// Nothing remains of any request of a basket, whichever way they were paid. It comes after their own events.
    case basketPaid = "basket.paid"
    case caseOpened = "case.opened"
    /// Sent only to endpoints that name it, as the next: they come with every payment.
    case receiptIssued = "receipt.issued"
    /// Another receipt stands in its place.
    case receiptCancelled = "receipt.cancelled"
    /// A cashier's drawer was counted, and what it held is decided. Sent only to endpoints that name it.
    case shiftClosed = "shift.closed"
    /// What procedures cost has changed, or will. Sent only to endpoints that name it.
    case catalogueChanged = "catalogue.changed"

    /// Checks a choice of types; `nil` and an empty list mean all but those that are sent to who names them.
    static func chosen(_ names: [String]?) throws -> [String]? {
        guard let names, !names.isEmpty else { return nil }
        if let unknown = names.first(where: { EventType(rawValue: $0) == nil }) {
            let known = allCases.map(\.rawValue).joined(separator: ", ")
            throw ServiceError(
                .invalidParameter,
                at: "types",
                Phrase(
                    vi: "\(unknown.prefix(80)) không phải là loại sự kiện nào trong số: \(known)",
                    en: "\(unknown.prefix(80)) is not one of the types \(known)"
                )
            )
        }
        return allCases.map(\.rawValue).filter(names.contains)
    }
}
