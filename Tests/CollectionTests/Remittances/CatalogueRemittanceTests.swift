import Casework
import Collection
import FeeSchedule
import TestSupport
import Testing
import Values

/// What a catalogue says of how fees are remitted, which it need not say.
@Suite struct CatalogueRemittanceTests {
    private static func fees(_ services: Services) async throws -> String {
        try #require(try await services.catalogue.export().first { $0.file == .fees }?.text)
    }

    /// The file with the last three columns filled in where a fee's code is that one.
    private static func said(_ text: String, of fee: String, _ values: String) -> String {
        text.split(separator: "\n").map { line in
            line.hasPrefix(fee + ",") ? line.dropLast(3) + "," + values : String(line)
        }.joined(separator: "\n") + "\n"
    }

    @Test func `a file without the columns imports as before, and one with them says chapter, account and term`()
        async throws
    {
        try await TestDatabase.withServices { services in
            let treasury = try await Treasury(services)
            try await treasury.paid("FT1")
            let text = try await Self.fees(services)
            #expect(text.split(separator: "\n")[0].hasSuffix(",chapter,remittance,treasury_account"))
            let old = text.split(separator: "\n").map { line in
                String(line.dropLast(line.hasPrefix("fee_code") ? ",chapter,remittance,treasury_account".count : 3))
            }.joined(separator: "\n")
            let same = try await services.catalogue.importFiles([(.fees, Array(old.utf8))], by: .system)
            #expect(same.version == nil, "\(same.json)")
            let said = Self.said(text, of: "CT-THUONGTRU", "412,weekly_monday,7111")
            _ = try await services.catalogue.importFiles([(.fees, Array(said.utf8))], by: .system)
            services.tariff.forget()
            let item = try #require(try await services.remittances.due(within: nil).items.first)
            #expect(item.code.chapter == "412" && item.parts.count == 1)
            let last = item.parts[0].deadline.adding(seconds: -1).day
            #expect(last.weekday == 0 && last > Instant.now().day)
            #expect(try await Self.fees(services).contains(",412,weekly_monday,7111\n"))
        }
    }

    @Test(arguments: [
        ("86,,", "chapter"), (",daily,", "remittance"), (",,9999", "treasury_account"), (",,3511", "treasury_account"),
    ])
    func `what is wrong is told by its column`(_ values: String, _ column: String) async throws {
        try await TestDatabase.withServices { services in
            let said = Self.said(try await Self.fees(services), of: "CT-THUONGTRU", values)
            do {
                _ = try await services.catalogue.importFiles([(.fees, Array(said.utf8))], by: .system)
                Issue.record("\(values) was imported")
            } catch let error as ServiceError {
                #expect(error.faults.contains { $0.pointer.hasSuffix(":" + column) }, "\(error)")
            }
        }
    }
}
