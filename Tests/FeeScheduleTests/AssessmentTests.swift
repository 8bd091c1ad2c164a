import Foundation
import TestSupport
import Testing
import Values

@testable import FeeSchedule

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

    @Test func `online prices apply only on their days`() throws {
        #expect(try due("1.002820", .counterCash, "2025-12-31") == 135_000)
        #expect(try due("1.002820", .online, "2025-12-31") == 115_000)
        #expect(try due("1.002820", .online, "2026-01-01") == 135_000)
        #expect(try due("1.004222.000.00.00.H62", .online, "2026-11-21") == 10_000)
        #expect(try due("1.004222", .online, "2026-11-21", category: "digital_citizen") == 0)
    }

    @Test func `only the greatest benefit counts`() throws {
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

    @Test func `tiers, percentages and bounds determine the amount`() throws {
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

    @Test func `a local price does not apply elsewhere`() throws {
        #expect(try due("1.001193", .online, "2026-11-21", agency: "H26.02") == 5000)
        #expect(throws: AssessmentError.self) {
            try due("1.001193", .online, "2026-11-21", agency: "H44.01", items: [.init(feeCode: "KS-QUAHAN")])
        }
    }

    @Test func `a fee and a charge of one procedure are added`() throws {
        #expect(try due("2.001610", .counterCash, "2026-11-21") == 150_000)
        #expect(try due("2.001610", .online, "2026-11-21") == 100_000)
    }

    @Test func `a request that cannot be assessed is refused with its field`() throws {
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
