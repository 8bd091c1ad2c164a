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

    @Test func theDemonstrationCatalogueHasNoFaultAndWhatItPromises() throws {
        let parsed = CatalogueParser.parse(try TestDatabase.demonstrationCatalogue())
        #expect(parsed.faults.isEmpty)
        #expect(CatalogueValidator.validate(parsed.rows, lines: parsed.lines).isEmpty)
        #expect(Set(parsed.rows.fees.map(\.feeCode)).count >= 40)
        #expect(Set(parsed.rows.fees.map(\.procedureCode)).count >= 25)
        let provinces = parsed.rows.localities.filter { $0.level == .province }
        #expect(provinces.filter { $0.validity.to != nil }.count == 63)
        #expect(provinces.filter { $0.validity.to == nil }.count == 34)
    }

    @Test func whatIsWrittenReadsBackTheSame() throws {
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

    @Test func everyFaultOfARowIsNamedWithItsLineAndColumn() {
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

    @Test func aMissingAndAnUnknownColumnAreNamed() {
        let found = faults((.procedures, Array("code,name_vi,name_en,feild_vi\n".utf8)))
        #expect(found.map(\.column).sorted() == ["feild_vi", "field_vi"])
    }

    @Test func overlappingValiditiesAreRefused() {
        let text =
            Self.header
            + "F1,1.004222,fee,a,b,u,5,,2026-01-01,2026-06-30,law,1\nF1,1.004222,fee,a,b,u,6,,2026-06-30,,law,1\n"
        let found = faults(Self.procedures, (.fees, Array(text.utf8)))
        #expect(found.map(\.line) == [3])
        #expect(found.first?.reason.english.contains("line 2") == true)
    }

    @Test func aCyclicLocalityTreeIsRefused() {
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

    @Test func tiersWithGapsAndRulesOutOfRangeAreRefused() {
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

    @Test func aDifferenceTellsAddedEndedAndChangedApart() {
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

    @Test func twentyThousandPricesAreReadCheckedAndIndexed() {
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

@Suite struct LocalityTests {
    private func schedule() throws -> Schedule {
        Schedule(CatalogueParser.parse(try TestDatabase.demonstrationCatalogue()).rows)
    }

    @Test func anAgencyFollowsItsUnitThroughTheMergerOf2025() throws {
        let schedule = try schedule()
        #expect(schedule.unit(ofAgency: "H62.01", on: Day("2025-06-30")!)?.nameVi == "Vĩnh Phúc")
        #expect(schedule.unit(ofAgency: "H62.01", on: Day("2025-07-01")!)?.nameVi == "Phú Thọ")
        // Code 52 was Bình Định's and is Gia Lai's now.
        #expect(schedule.unit(ofAgency: "H08.01", on: Day("2025-06-30")!)?.nameVi == "Bình Định")
        #expect(schedule.unit(ofAgency: "H08.01", on: Day("2026-01-01")!)?.nameVi == "Gia Lai")
        #expect(
            schedule.unit(ofAgency: "H38.01", on: Day("2026-01-01")!)?.localityKey
                == LocalityKey(code: "15", validFrom: Day("2025-07-01")!)
        )
        #expect(schedule.unit(ofAgency: "H62.01", on: Day("1999-01-01")!) == nil)
    }

    @Test func aDividedUnitIsItselfAndRollsUpWhereItsSuccessorsAgree() throws {
        let localities = try schedule().localities
        let divided = try #require(localities.unit(code: "00007", on: Day("2025-01-01")!))
        #expect(divided.successorCodes.count > 1)
        let day = Day("2026-01-01")!
        #expect(localities.successor(of: divided, on: day) == divided)
        #expect(localities.reported(divided, at: .commune, on: day) == divided)
        #expect(localities.reported(divided, at: .province, on: day).nameVi == "Hà Nội")
    }
}

@Suite struct AssessmentTests {
    private func schedule() throws -> Schedule {
        Schedule(CatalogueParser.parse(try TestDatabase.demonstrationCatalogue()).rows)
    }

    private func due(
        _ procedure: String,
        _ channel: Channel,
        _ day: String,
        agency: String = "H26.01",
        category: String? = nil,
        items: [AssessmentRequest.Item]? = nil
    ) throws -> Int64 {
        try schedule().assess(
            AssessmentRequest(
                agencyCode: agency,
                procedureCode: procedure,
                items: items,
                channel: channel,
                payerCategory: category,
                day: Day(day)!
            )
        ).amountDue.dong
    }

    @Test func onlinePricesHoldOnTheirDaysAlone() throws {
        #expect(try due("1.002820", .counterCash, "2025-12-31") == 135_000)
        #expect(try due("1.002820", .online, "2025-12-31") == 115_000)
        #expect(try due("1.002820", .online, "2026-01-01") == 135_000)
        #expect(try due("1.004222.000.00.00.H62", .online, "2026-11-21") == 10_000)
        #expect(try due("1.004222", .online, "2026-11-21", category: "digital_citizen") == 0)
    }

    @Test func onlyTheGreatestBenefitCounts() throws {
        let line = try schedule().assess(
            AssessmentRequest(
                agencyCode: "H26.01",
                procedureCode: "2.000488",
                items: [.init(feeCode: "LLTP")],
                channel: .online,
                payerCategory: "student",
                day: Day("2025-05-01")!
            )
        ).lines[0]
        #expect(line.applied.map(\.code) == ["LLTP-GIAM-2025"])
        #expect(line.payable == Money(100_000))
    }

    @Test func tiersPercentsAndBounds() throws {
        #expect(try due("2.000815", .online, "2026-11-21", items: [.init(feeCode: "CTH-BANSAO", quantity: 5)]) == 7000)
        #expect(
            try due("2.000815", .online, "2026-11-21", items: [.init(feeCode: "CTH-BANSAO", quantity: 500)]) == 200_000
        )
        let appraisal = AssessmentRequest.Item(feeCode: "DD-THAMDINH", baseAmount: Money(1_000_000_333))
        #expect(try due("9.000011", .online, "2026-11-21", items: [appraisal]) == 1_500_000)
        let large = AssessmentRequest.Item(feeCode: "DD-THAMDINH", baseAmount: Money(9_000_000_000))
        #expect(try due("9.000011", .online, "2026-11-21", items: [large]) == 5_000_000)
        // A percent fee is never among "all of them".
        #expect(try due("9.000011", .online, "2026-11-21") == 0)
    }

    @Test func aLocalPriceIsNoPriceElsewhere() throws {
        #expect(try due("1.001193", .online, "2026-11-21", agency: "H26.02") == 5000)
        #expect(throws: AssessmentError.self) {
            try due("1.001193", .online, "2026-11-21", agency: "H44.01", items: [.init(feeCode: "KS-QUAHAN")])
        }
    }

    @Test func feeAndChargeStandSideBySide() throws {
        #expect(try due("2.001610", .counterCash, "2026-11-21") == 150_000)
        #expect(try due("2.001610", .online, "2026-11-21") == 100_000)
    }

    @Test func whatCannotBeAssessedNamesItsField() throws {
        let schedule = try schedule()
        func pointer(_ request: AssessmentRequest) -> String? {
            do {
                _ = try schedule.assess(request)
                return nil
            } catch { return error.pointer }
        }
        var request = AssessmentRequest(
            agencyCode: "?",
            procedureCode: "1.004222",
            channel: .online,
            day: Day("2026-11-21")!
        )
        #expect(pointer(request) == "/agency_code")
        request.agencyCode = "H26.01"
        request.procedureCode = "9.9"
        #expect(pointer(request) == "/procedure_code")
        request.procedureCode = "9.000011"
        for (item, field) in [
            (AssessmentRequest.Item(feeCode: "NO"), "fee_code"), (.init(feeCode: "CT-TACHHO"), "fee_code"),
            (.init(feeCode: "DD-THAMDINH"), "base_amount"),
            (.init(feeCode: "DD-THAMDINH", quantity: 2, baseAmount: Money(1)), "quantity"),
            (.init(feeCode: "DD-THAMDINH", quantity: 0, baseAmount: Money(1)), "quantity"),
        ] {
            request.items = [item]
            #expect(pointer(request) == "/items/0/\(field)")
        }
        request.procedureCode = "1.004222"
        request.items = [.init(feeCode: "CT-THUONGTRU", quantity: 1_000_001)]
        #expect(pointer(request) == "/items/0/quantity")
    }
}
