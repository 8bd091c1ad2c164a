import Foundation
import Statements
import TestSupport
import Testing
import Values

/// Every sample tells the same four transactions, as far as its format can.
@Suite struct FixtureTests {
    private static let amounts = [135_000, 115_000, -50_000, 20_000].map { Money($0) }
    private static let days = ["2026-11-20", "2026-11-20", "2026-11-21", "2026-11-21"].map { Day($0)! }
    private static let ids = ["FT26324000001", "FT26324000002", "FT26325000003", "FT26325000004"]

    private static let banks = [
        "vietcombank.csv", "vietcombank-retail.csv", "vietinbank.csv", "vietinbank.xlsx", "bidv.csv", "mb.csv",
        "acb.csv",
        "techcombank.csv", "agribank.csv", "two-row-header.csv",
    ]
    private static let all =
        [
            "default.csv", "default-newest-first.csv", "mt940.txt", "camt053-001-02.xml", "camt053-001-08.xml",
            "camt054-001-04.xml",
        ] + banks.map { "banks/" + $0 }

    @Test(arguments: all, [1 << 20, 7])
    func `every sample is detected and read whole in pieces of any size`(name: String, piece: Int) throws {
        let read = try read(Fixture.bytes(name), piece: piece)
        let lines = read.summary.isNewestFirst ? read.lines.reversed() : read.lines
        #expect(lines.map(\.amount) == Self.amounts)
        #expect(lines.map(\.bookedAt.day) == Self.days)
        #expect(read.summary.credits == Money(270_000) && read.summary.debits == Money(50_000))
        #expect(read.summary.creditCount == 3 && read.summary.debitCount == 1)
        #expect(read.summary.firstDay == Self.days.first && read.summary.lastDay == Self.days.last)
        #expect(Set(lines.map(\.lineNumber)).count == 4)
        #expect(read.lines.map(\.lineNumber) == read.lines.map(\.lineNumber).sorted())
        if !name.contains("techcombank") { #expect(lines.map(\.transactionID) == Self.ids.map { $0 }) }
        if !name.contains("054") && !name.contains("retail") {
            #expect(
                read.summary.openingBalance == Money(10_000_000) && read.summary.closingBalance == Money(10_220_000)
            )
        }
    }

    @Test func `a file with the newest line first is reported as such`() throws {
        for name in ["default-newest-first.csv", "banks/vietinbank.csv"] {
            #expect(try read(Fixture.bytes(name)).summary.isNewestFirst, "\(name)")
        }
        #expect(try !read(Fixture.bytes("default.csv")).summary.isNewestFirst)
    }

    @Test func `every value of a camt entry is kept`() throws {
        for name in ["camt053-001-02.xml", "camt053-001-08.xml"] {
            let read = try read(Fixture.bytes(name))
            let line = try #require(read.lines.first)
            #expect(line.counterpartyName == "NGUYEN VAN AN" && line.counterpartyAccount == "0021000123456")
            #expect(line.memo == "RF18ABCD0123EFGH NGUYEN VAN AN nop le phi cap lai GPLX")
            #expect(line.structuredReference == "RF18ABCD0123EFGH" && line.valueDate == Day("2026-11-20"))
            #expect(line.bookedAt == Instant("2026-11-20T08:15:30+07:00"))
            #expect(read.summary.account == "0011000000001" && read.summary.currency == "VND")
            #expect(
                read.summary.notes.map(\.english) == [
                    "1 entries that are pending, for information or of 0 were passed over."
                ]
            )
        }
    }

    @Test(arguments: banks)
    func `every sample of a bank is read by that bank's mapping`(name: String) throws {
        let layout = String(name.prefix { $0 != "." })
        #expect(try read(Fixture.bytes("banks/" + name)).summary.layout == layout)
        let format = try #require(StatementFormat(layout) as StatementFormat?)
        let named = try read(Fixture.bytes("banks/" + name), as: format)
        #expect(named.lines.count == 4)
    }

    @Test func `Vietnamese text is complete in every encoding`() throws {
        let memo = "Phí quản lý tài khoản tháng 11"
        for name in ["banks/agribank.csv", "banks/vietinbank.csv", "banks/vietcombank.csv", "banks/vietinbank.xlsx"] {
            let memos = try read(Fixture.bytes(name)).lines.compactMap(\.memo)
            // By bytes: composed, as everything else is.
            #expect(memos.contains { Array($0.utf8) == Array(memo.utf8) }, "\(name)")
        }
    }

    @Test func `the mapping files in the fixtures equal the built-in ones`() throws {
        for mapping in StatementMapping.builtIn {
            let path = "Fixtures/statements/mappings/\(mapping.name).json"
            let differences = try Golden.differences(mapping.json.pretty + "\n", from: path)
            #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
        }
        let folder = Fixture.folder.appending(path: "mappings")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let shipped = try names.map { try StatementMapping(Data(contentsOf: folder.appending(path: $0))) }
        #expect(Set(shipped) == Set(StatementMapping.builtIn) && shipped.count == StatementMapping.builtIn.count)
        #expect(names == shipped.map { $0.name + ".json" }.sorted())
        #expect(StatementMapping.builtIn.allSatisfy { !$0.isVerified && $0.confidence != nil && !$0.origin.isEmpty })
    }

    @Test func `formats have names`() {
        for name in ["csv", "camt053", "camt054", "mt940", "xlsx", "html", "table", "mb"] {
            #expect(StatementFormat(name)?.description == name)
        }
        #expect(StatementFormat("auto") == nil)
        #expect(StatementFormat("pdf") == nil)
    }

    @Test func `other files are refused with what they are`() {
        #expect(faults([]).first?.reason.english == "is empty")
        #expect(faults([0xD0, 0xCF, 0x11, 0xE0, 0x2C]).first?.reason.english.hasPrefix("is an old .xls") == true)
        #expect(
            faults("<?xml version='1.0'?><Workbook>").first?.reason.english.hasPrefix("is XML, but neither") == true
        )
        #expect(faults("hello").first?.reason.english.hasPrefix("is none of the formats") == true)
        #expect(faults("a,b\n1,2\n").first?.reason.english.hasPrefix("no row has the headings") == true)
    }
}
