import Postgres
public import Values

/// With what an agency's receipts are asked for at a provider.
public struct ReceiptProviderAccount: Sendable {
    /// Whose interface it has.
    public enum Dialect: String, Sendable, CaseIterable {
        /// Viettel SInvoice.
        case viettel
    }

    public let id: Int32
    public let agencyCode: String
    public let dialect: Dialect
    /// Where its interface begins: `https://api-vinvoice.viettel.vn`.
    public let url: String
    public let username: String
    public let taxCode: String
    /// What the provider calls form and serial of each kind of receipts.
    public let fee: (form: String, serial: String)
    public let charge: (form: String, serial: String)

    func series(_ kind: ReceiptNumber.Kind) -> (form: String, serial: String) { kind == .fee ? fee : charge }

    public var json: JSON {
        [
            "agency_code": .string(agencyCode), "dialect": .string(dialect.rawValue), "url": .string(url),
            "username": .string(username), "tax_code": .string(taxCode), "fee_form": .string(fee.form),
            "fee_serial": .string(fee.serial), "charge_form": .string(charge.form),
            "charge_serial": .string(charge.serial),
        ]
    }

    /// The columns that ``init(_:from:)`` reads, of a provider `p`.
    static let columns = """
        p.id, p.agency_code, p.dialect, p.url, p.username, p.tax_code, p.fee_form, p.fee_serial, p.charge_form,
        p.charge_serial
        """

    init(_ row: Row, from place: Int) throws {
        (id, agencyCode, dialect) = (try row.get(place), try row.get(place + 1), try row.code(place + 2))
        (url, username, taxCode) = (try row.get(place + 3), try row.get(place + 4), try row.get(place + 5))
        fee = (try row.get(place + 6), try row.get(place + 7))
        charge = (try row.get(place + 8), try row.get(place + 9))
    }
}
