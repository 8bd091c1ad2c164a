import Postgres
public import Values

/// Cash of closed shifts that was carried to the bank.
public struct CashDeposit: Sendable {
    public let id: Int64
    public let agencyCode: String
    public let accountNumber: String
    public let amount: Money
    /// On the bank's slip.
    public let slipNumber: String
    public let depositedOn: Day
    public let madeByName: String
    /// When a line of the statement, or a callback, showed it; `nil` while it is in clearing.
    public let shownAt: Instant?

    /// The answer of the API.
    public var json: JSON {
        [
            "id": .integer(id), "agency_code": .string(agencyCode), "account_number": .string(accountNumber),
            "amount": .money(amount), "slip_number": .string(slipNumber), "deposited_on": .text(depositedOn),
            "made_by": .string(madeByName), "shown_at": .optional(shownAt?.description),
        ]
    }

    /// Of deposits `d` with their entries `i` in clearing, in the order of ``init(_:from:)``.
    static let columns = """
        d.id, d.agency_code, d.account_number, d.amount, d.slip_number, d.deposited_on, d.made_by_name, i.cleared_at
        """

    /// `nil` if the row has none.
    init?(_ row: Row, from place: Int) throws {
        guard let id = try row.get(place, as: Int64?.self) else { return nil }
        self.id = id
        (agencyCode, accountNumber) = (try row.get(place + 1), try row.get(place + 2))
        (amount, slipNumber, depositedOn) = (
            try row.get(place + 3), try row.get(place + 4), try row.get(place + 5)
        )
        (madeByName, shownAt) = (try row.get(place + 6), try row.get(place + 7))
    }
}
