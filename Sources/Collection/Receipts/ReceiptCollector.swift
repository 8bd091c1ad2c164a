import Postgres
public import Values

/// What receipts say about an agency.
public struct ReceiptCollector: Sendable {
    public let agencyCode: String
    public let name: String
    public let address: String?
    public let taxCode: String?
    public let phone: String?
    /// Whether receipts are made here.
    public let issues: Bool

    public init(
        agencyCode: String,
        name: String,
        address: String?,
        taxCode: String?,
        phone: String?,
        issues: Bool
    ) {
        self.agencyCode = agencyCode
        self.name = name
        self.address = address
        self.taxCode = taxCode
        self.phone = phone
        self.issues = issues
    }

    public var json: JSON {
        [
            "agency_code": .string(agencyCode), "name": .string(name), "address": .optional(address),
            "tax_code": .optional(taxCode), "phone": .optional(phone), "issues": .bool(issues),
        ]
    }
}

extension Receipts {
    /// Says from now on what receipts of an agency say about it. Receipts that exist stay as they are.
    public func set(_ collector: ReceiptCollector, by person: Person) async throws {
        if let taxCode = collector.taxCode, taxCode.wholeMatch(of: /[0-9]{10}(-[0-9]{3})?/) == nil {
            throw ServiceError(
                .invalidParameter,
                at: "tax_code",
                Phrase(
                    vi: "mã số thuế có 10 chữ số, có thể thêm - và 3 chữ số",
                    en: "a tax code has 10 digits, perhaps with - and 3 more"
                )
            )
        }
        try await database.transaction { tx in
            let known = try tx.query("select 1 from agency where code = \(collector.agencyCode) limit 1")
            guard !known.isEmpty else {
                throw ServiceError(
                    .notFound,
                    Phrase(
                        vi: "Danh mục không có cơ quan nào mang mã \(collector.agencyCode).",
                        en: "The catalogue has no agency \(collector.agencyCode)."
                    )
                )
            }
            try tx.query(
                """
                insert into receipt_collector (agency_code, name, address, tax_code, phone, issues, set_at, set_by,
                    set_by_name)
                values (\(collector.agencyCode), \(collector.name), \(collector.address), \(collector.taxCode),
                    \(collector.phone), \(collector.issues), now(), \(person.id), \(person.name))
                """
            )
            try Audit.record(
                tx,
                person,
                "receipt_collector.set",
                "agency:\(collector.agencyCode)",
                collector.json
            )
        }
    }
}
