import FeeSchedule
import Testing
import Values

/// A difference of catalogues in the words of those who decide.
@Suite struct CatalogueSummaryTests {
    /// A fee's row by its code, its price and its days.
    private static func fee(_ code: String, _ amount: String, from: String = "2026-01-01", to: String = "") -> [String]
    {
        [
            code, "1.004222", "charge", "Lệ phí", "Charge", "hồ sơ", amount, "", from, to, "TT 75/2022", "2700", "flat",
            "", "", "", "", "", "",
        ]
    }

    private static func procedure(_ code: String) -> [String] { [code, "Thủ tục", "Procedure", "Cư trú"] }

    private static func words(_ old: [CatalogueFile: [[String]]], _ new: [CatalogueFile: [[String]]]) throws
        -> [Language:
        String]
    {
        let (before, after) = (try CatalogueParser.rows(old), try CatalogueParser.rows(new))
        let difference = CatalogueDifference(from: before, to: after, files: Set(new.keys))
        let summary = CatalogueSummary(difference, from: before)
        return [.vietnamese: summary.sentence(in: .vietnamese), .english: summary.sentence(in: .english)]
    }

    @Test func `prices and procedures are told as people count them`() throws {
        let old = [
            CatalogueFile.fees: (1...12).map { Self.fee("F\($0)", "20000") } + [
                Self.fee("G", "1000"), Self.fee("H", "1"),
            ],
            .procedures: [Self.procedure("1.004222")],
        ]
        let new = [
            CatalogueFile.fees: (1...12).map { Self.fee("F\($0)", "30000") } + [
                Self.fee("G", "1000"), Self.fee("N", "5"),
            ],
            .procedures: ["1.004222", "1.000001", "1.000002", "1.000003"].map(Self.procedure),
        ]
        let words = try Self.words(old, new)
        #expect(words[.vietnamese] == "12 giá đổi, 1 khoản thu mới, 1 khoản thu kết thúc, 3 thủ tục mới.")
        #expect(words[.english] == "12 prices changed, 1 new fees, 1 fees ended, 3 new procedures.")
    }

    @Test func `a price that ends while another begins is one price that changes`() throws {
        let old = [CatalogueFile.fees: [Self.fee("F", "20000")]]
        let new = [
            CatalogueFile.fees: [
                Self.fee("F", "20000", to: "2026-12-31"), Self.fee("F", "25000", from: "2027-01-01"),
            ]
        ]
        #expect(try Self.words(old, new)[.vietnamese] == "1 giá đổi.")
        #expect(try Self.words(old, old)[.english] == "Nothing changes.")
    }
}
