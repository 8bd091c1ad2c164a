import Foundation
import PureSupport
import TestSupport
import Testing
import Values

@testable import FeeSchedule

/// What the annexes of Resolution 66.22/2026 say of prices, beside what the demonstration catalogue charges.
@Suite struct Resolution6622Tests {
    private struct Price {
        let procedure: String
        let ordinary: String
        let digital: String
        let fee: String
        let note: String
    }

    private static func prices() throws -> [Price] {
        let path = Repository.root + "/Fixtures/resolution-66-22/prices.csv"
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        return try CSV.parse(bytes[...], delimiter: UInt8(ascii: ",")).dropFirst().map { row in
            let texts = row.fields
            return Price(procedure: texts[0], ordinary: texts[3], digital: texts[4], fee: texts[5], note: texts[6])
        }
    }

    @Test func `each price that the catalogue has is that of the annexes, and each that it lacks says why`() throws {
        let schedule = Schedule(CatalogueParser.parse(try TestDatabase.demonstrationCatalogue()).rows)
        let prices = try Self.prices()
        let day = try #require(Day("2027-01-05"))
        var (held, procedures): (Int, Set<String>) = (0, [])
        for price in prices {
            guard !price.fee.isEmpty else {
                #expect(price.note.hasPrefix("không có trong danh mục"), "\(price)")
                continue
            }
            held += 1
            procedures.insert(price.procedure)
            for (category, wanted) in [(nil, price.ordinary), ("digital_citizen", price.digital)] as [(String?, String)]
            {
                let assessed = try schedule.assess(
                    AssessmentRequest(
                        agencyCode: "H44.01",
                        procedureCode: price.procedure,
                        items: [.init(feeCode: price.fee)],
                        channel: .counterCash,
                        payerCategory: category,
                        day: day
                    )
                )
                #expect(String(assessed.amountDue.dong) == wanted, "\(price) for \(category ?? "others")")
            }
        }
        // The eight procedures of before, and eight more.
        #expect(held >= 18 && procedures.count >= 14, "\(held) prices of \(procedures.count) procedures")
        let licences = prices.filter { $0.procedure.hasPrefix("3.00034") || $0.procedure.hasPrefix("3.00035") }
        #expect(licences.count == 5 && licences.allSatisfy { $0.note.contains("135000") })
    }
}
