import Foundation
import TestSupport
import Testing
import Values

@testable import FeeSchedule

@Suite struct CatalogueTests {
    private static let header =
        "fee_code,procedure_code,kind,name_vi,name_en,unit,amount,locality_code,valid_from,valid_to,legal_basis,budget_code\n"
    private static let procedures = (
        CatalogueFile.procedures, Array("code,name_vi,name_en,field_vi\n1.004222,a,b,c\n".utf8)
    )

    private func faults(_ files: (file: CatalogueFile, bytes: [UInt8])...) -> [CatalogueFault] {
        let parsed = CatalogueParser.parse(files)
        return parsed.faults.isEmpty ? CatalogueValidator.validate(parsed.rows, lines: parsed.lines) : parsed.faults
    }

    @Test func `the demonstration catalogue has no errors and covers every province`() throws {
        let parsed = CatalogueParser.parse(try TestDatabase.demonstrationCatalogue())
        #expect(parsed.faults.isEmpty)
        #expect(CatalogueValidator.validate(parsed.rows, lines: parsed.lines).isEmpty)
        #expect(Set(parsed.rows.fees.map(\.feeCode)).count >= 40)
        #expect(Set(parsed.rows.fees.map(\.procedureCode)).count >= 25)
        let provinces = parsed.rows.localities.filter { $0.level == .province }
        #expect(provinces.filter { $0.validity.to != nil }.count == 63)
        #expect(provinces.filter { $0.validity.to == nil }.count == 34)
    }

    @Test func `what is written reads back the same`() throws {
        let parsed = CatalogueParser.parse(try TestDatabase.demonstrationCatalogue())
        let again = CatalogueParser.parse(
            CatalogueFile.allCases.map { file in
                func text<Row: CatalogueRow>(_ rows: [Row]) -> String {
                    ([file.columns] + rows.map(\.fields)).map { CSV.line($0) + "\n" }.joined()
                }
                let rows = parsed.rows
                let written =
                    switch file {
                    case .localities: text(rows.localities)
                    case .agencies: text(rows.agencies)
                    case .procedures: text(rows.procedures)
                    case .fees: text(rows.fees)
                    case .reductions: text(rows.reductions)
                    case .discounts: text(rows.discounts)
                    case .targets: text(rows.targets)
                    }
                return (file, Array(written.utf8))
            }
        )
        #expect(again.faults.isEmpty)
        #expect(again.rows == parsed.rows)
    }

    @Test func `every error of a row is reported with its line and column`() {
        let text =
            Self.header
            + "F1,1.004222,tax,a,b,u,-5,,2026-02-30,2026-01-01,law,1\nF2,1.004222,fee,a,b,u,99999999999999,,2026-02-01,2026-01-01,,1\n"
        let found = faults(Self.procedures, (.fees, Array(text.utf8)))
        #expect(
            found.map { "\($0.line) \($0.column)" }.sorted() == [
                "2 amount", "2 kind", "2 valid_from", "3 amount", "3 legal_basis", "3 valid_to",
            ]
        )
    }

    @Test func `a missing column and an unknown one are reported`() {
        let found = faults((.procedures, Array("code,name_vi,name_en,feild_vi\n".utf8)))
        #expect(found.map(\.column).sorted() == ["feild_vi", "field_vi"])
    }

    @Test func `overlapping validities are refused`() {
        let text =
            Self.header
            + "F1,1.004222,fee,a,b,u,5,,2026-01-01,2026-06-30,law,1\nF1,1.004222,fee,a,b,u,6,,2026-06-30,,law,1\n"
        let found = faults(Self.procedures, (.fees, Array(text.utf8)))
        #expect(found.map(\.line) == [3])
        #expect(found.first?.reason.english.contains("line 2") == true)
    }

    @Test func `a cycle in the tree of localities is refused`() {
        let text = """
            code,valid_from,valid_to,level,parent_code,name_vi,name_en,successor_code
            1,2026-01-01,,commune,2,a,b,
            2,2026-01-01,,commune,1,a,b,
            3,2026-01-01,,district,3,a,b,

            """
        let found = faults((.localities, Array(text.utf8)))
        #expect(found.map(\.line) == [2, 3, 4])
        #expect(found.allSatisfy { $0.column == "parent_code" && $0.reason.english.contains("cycle") })
    }

    @Test func `tiers with gaps and rules out of range are refused`() {
        let header = Self.header.dropLast() + ",calculation,tiers,percent\n"
        for tiers in ["", "2-:5", "1-2:5;4-:5", "1-2:5;2-:5", "1-:5;2-:5", "1-2", "1-0:5", "a-2:5"] {
            let text = header + "F1,1.004222,fee,a,b,u,5,,2026-01-01,,law,1,tiered,\(tiers),\n"
            #expect(faults(Self.procedures, (.fees, Array(text.utf8))).map(\.column) == ["tiers"], "\(tiers)")
        }
        let discounts =
            "discount_code,channels,kind,procedure_code,fee_code,locality_code,method,value,cumulative,valid_from,valid_to,legal_basis\n"
        for row in [
            "D,online,,,,,percent,0", "D,online,,,,,percent,101", "D,post,,,,,percent,5", "D,,,,,,amount_off,0",
        ] {
            #expect(
                faults((.discounts, Array((discounts + row + ",false,2026-01-01,,law\n").utf8))).count == 1,
                "\(row)"
            )
        }
    }

    @Test func `a difference distinguishes added, ended and changed rows`() {
        func rows(_ text: String) -> CatalogueRows {
            CatalogueParser.parse([Self.procedures, (.fees, Array((Self.header + text).utf8))]).rows
        }
        let old = rows(
            "F1,1.004222,fee,a,b,u,5,,2026-01-01,,law,1\nF2,1.004222,fee,a,b,u,5,,2026-01-01,,law,1\nF3,1.004222,fee,a,b,u,5,,2026-01-01,,law,1\nF5,1.004222,fee,a,b,u,5,,2026-01-01,,law,1\n"
        )
        let new = rows(
            "F1,1.004222,fee,a,b,u,6,,2026-01-01,,law,1\nF2,1.004222,fee,a,b,u,5,,2026-01-01,2026-05-01,law,1\nF4,1.004222,fee,a,b,u,5,,2026-01-01,,law,1\nF5,1.004222,fee,a,b,u,5,,2026-01-01,,law,1\n"
        )
        let difference = CatalogueDifference(from: old, to: new, files: [.fees])
        #expect(difference.count(.changed) == 1)
        #expect(difference.count(.ended) == 2)
        #expect(difference.count(.added) == 1)
        #expect(difference.unchangedCount == 2)
    }

    @Test func `twenty thousand prices are read, checked and indexed`() {
        var procedures = "code,name_vi,name_en,field_vi\n"
        var fees = Self.header
        for number in 0..<2000 {
            let code = "1." + String(100_000 + number)
            procedures += "\(code),a,b,c\n"
            for price in 0..<10 {
                fees +=
                    "F\(number)-\(price % 5),\(code),fee,a,b,u,\(price),,20\(10 + price)-01-01,20\(10 + price)-12-31,law,1\n"
            }
        }
        let parsed = CatalogueParser.parse([(.procedures, Array(procedures.utf8)), (.fees, Array(fees.utf8))])
        #expect(parsed.faults.isEmpty)
        #expect(parsed.rows.fees.count == 20_000)
        #expect(CatalogueValidator.validate(parsed.rows, lines: parsed.lines).isEmpty)
    }
}
