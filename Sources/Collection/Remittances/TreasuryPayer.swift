import Postgres
public import Values

/// What orders to the State Treasury say about an agency.
public struct TreasuryPayer: Sendable, Hashable {
    public let agencyCode: String
    public let name: String
    public let address: String?
    public let taxCode: String
    /// Of the State budget, three digits, where a fee names none.
    public let chapter: String
    /// Of the Treasury's office (mã KBNN), four digits.
    public let treasuryCode: String
    public let treasuryName: String
    /// Of the office that manages the revenue (mã cơ quan quản lý thu), seven digits.
    public let officeCode: String
    public let officeName: String
    /// Of the locality (mã ĐBHC), five letters or digits.
    public let areaCode: String
    /// The first day whose collections are remitted here.
    public let since: Day

    public init(
        agencyCode: String,
        name: String,
        address: String?,
        taxCode: String,
        chapter: String,
        treasury: (code: String, name: String),
        office: (code: String, name: String),
        areaCode: String,
        since: Day
    ) {
        self.agencyCode = agencyCode
        self.name = name
        self.address = address
        self.taxCode = taxCode
        self.chapter = chapter
        (treasuryCode, treasuryName) = treasury
        (officeCode, officeName) = office
        self.areaCode = areaCode
        self.since = since
    }

    public var json: JSON {
        [
            "agency_code": .string(agencyCode), "name": .string(name), "address": .optional(address),
            "tax_code": .string(taxCode), "chapter": .string(chapter), "treasury_code": .string(treasuryCode),
            "treasury_name": .string(treasuryName), "office_code": .string(officeCode),
            "office_name": .string(officeName), "area_code": .string(areaCode), "since": .text(since),
        ]
    }

    /// The columns that ``init(_:from:)`` reads, of a payer `p`.
    static let columns = """
        p.agency_code, p.name, p.address, p.tax_code, p.chapter, p.treasury_code, p.treasury_name, p.office_code,
        p.office_name, p.area_code, p.since
        """

    init(_ row: Row, from place: Int) throws {
        self.init(
            agencyCode: try row.get(place),
            name: try row.get(place + 1),
            address: try row.get(place + 2),
            taxCode: try row.get(place + 3),
            chapter: try row.get(place + 4),
            treasury: (try row.get(place + 5), try row.get(place + 6)),
            office: (try row.get(place + 7), try row.get(place + 8)),
            areaCode: try row.get(place + 9),
            since: try row.get(place + 10)
        )
    }

    /// Throws what is wrong with it, field by field.
    func check() throws {
        var faults: [ServiceError.Fault] = []
        func require(_ name: String, _ isRight: Bool, _ what: Phrase) {
            if !isRight { faults.append(.init(name, what)) }
        }
        func digits(_ text: String, _ count: Int) -> Bool {
            text.utf8.count == count && text.utf8.allSatisfy { (48...57).contains($0) }
        }
        func number(_ count: Int) -> Phrase { Phrase(vi: "phải gồm \(count) chữ số", en: "must be \(count) digits") }
        let words = Phrase(vi: "phải có 1 đến 300 ký tự", en: "must have 1 to 300 characters")
        require("name", (1...300).contains(name.count), words)
        require("address", address.map { (1...300).contains($0.count) } ?? true, words)
        require(
            "tax_code",
            taxCode.wholeMatch(of: /[0-9]{10}(-[0-9]{3})?/) != nil,
            Phrase(
                vi: "có 10 chữ số, có thể thêm - và 3 chữ số",
                en: "has 10 digits, perhaps with - and 3 more"
            )
        )
        require("chapter", digits(chapter, 3), number(3))
        require("treasury_code", digits(treasuryCode, 4), number(4))
        require("treasury_name", (1...300).contains(treasuryName.count), words)
        require("office_code", digits(officeCode, 7), number(7))
        require("office_name", (1...300).contains(officeName.count), words)
        require(
            "area_code",
            areaCode.wholeMatch(of: /[0-9A-Z]{5}/) != nil,
            Phrase(vi: "phải gồm 5 chữ số hoặc chữ hoa, như 002HH", en: "must be 5 digits or capitals, such as 002HH")
        )
        guard faults.isEmpty else {
            throw ServiceError(
                .invalidParameter,
                Phrase(vi: "Thông tin nộp kho bạc có lỗi.", en: "What was said of the Treasury's payer has faults."),
                faults: faults
            )
        }
    }
}
