import Foundation
import TestSupport
import Testing
import Values

@testable import FeeSchedule

@Suite struct LocalityTests {
    private func schedule() throws -> Schedule {
        Schedule(CatalogueParser.parse(try TestDatabase.demonstrationCatalogue()).rows)
    }

    @Test func `an agency follows its unit through the merger of 2025`() throws {
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

    @Test func `a divided unit stays itself and rolls up if its successors have the same parent`() throws {
        let localities = try schedule().localities
        let divided = try #require(localities.unit(code: "00007", on: Day("2025-01-01")!))
        #expect(divided.successorCodes.count > 1)
        let day = Day("2026-01-01")!
        #expect(localities.successor(of: divided, on: day) == divided)
        #expect(localities.reported(divided, at: .commune, on: day) == divided)
        #expect(localities.reported(divided, at: .province, on: day).nameVi == "Hà Nội")
    }
}
