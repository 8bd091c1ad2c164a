public import Values
public import Workflow

/// What a request tells of a receipt that a provider numbers.
public struct OrderedReceipt: Sendable, Hashable {
    public let id: Int64
    /// `fee` or `charge`.
    public let kind: String
    public let state: ProviderReceiptState
    public let amount: Money
    /// The provider's form, serial and number; `nil` until it has them, and where it was taken back.
    public let number: String?
    public let issuedAt: Instant?

    func json() -> JSON {
        [
            "number": .optional(number), "kind": .string(kind), "form": .null, "serial": .null,
            "amount": .money(amount), "issued_at": .optional(issuedAt?.description), "url": .null,
            "status": .string(state == .issued ? "issued" : "awaiting_number"),
        ]
    }

    /// The receipts of a row of `payment_request`, as JSON: the last of each kind.
    static let column = """
        (select json_agg(json_build_array(x.id, x.kind, x.state, x.amount, x.form, x.serial, x.number,
                event_time(x.issued_at)) order by x.id)
            from provider_receipt x where x.payment_request_id = payment_request.id and not exists (
                select 1 from provider_receipt n where n.payment_request_id = x.payment_request_id
                    and n.kind = x.kind and n.turn > x.turn))
        """

    /// Reads ``column``; what was taken back is no receipt.
    static func list(_ json: JSON?) -> [OrderedReceipt] {
        (json?.array ?? []).compactMap { row in
            guard let parts = row.array, parts.count == 8, let id = parts[0].integer, let kind = parts[1].string,
                let state = parts[2].string.flatMap(ProviderReceiptState.init), let amount = parts[3].integer,
                amount > 0
            else { return nil }
            let name = [parts[4], parts[5], parts[6]].compactMap(\.string)
            return OrderedReceipt(
                id: id,
                kind: kind,
                state: state,
                amount: Money(amount),
                number: name.count == 3 ? name.joined(separator: "-") : nil,
                issuedAt: parts[7].string.flatMap { Instant($0) }
            )
        }
    }
}
