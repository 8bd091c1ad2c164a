import Casework
import Testing
import Values
import Workflow

/// By which day's prices a request may be assessed.
@Suite struct AssessmentDayTests {
    private static let today = Day("2026-11-25")!

    private func decide(_ day: String?, mayName: Bool = true) throws(Refusal) -> Day {
        try AssessmentDay.decide(day.flatMap { Day($0) }, today: Self.today, mayName: mayName)
    }

    @Test func `it is today unless a day is named`() throws {
        #expect(try decide(nil) == Self.today)
        #expect(try decide(nil, mayName: false) == Self.today)
    }

    @Test(arguments: ["2026-11-25", "2026-11-24", "2026-09-26"])
    func `it is the day on which the dossier was received, up to 60 days back`(_ day: String) throws {
        #expect(try decide(day) == Day(day))
    }

    @Test(arguments: [
        ("2026-09-25", Reason.Code.assessmentDayTooFarBack), ("2025-04-24", .assessmentDayTooFarBack),
        ("2026-11-26", .assessmentDayAhead), ("2027-01-01", .assessmentDayAhead),
    ])
    func `a day in the future or too far back is refused`(_ day: String, _ code: Reason.Code) {
        let refusal = #expect(throws: Refusal.self) { try decide(day) }
        #expect(refusal?.kind == .field("/assessed_on") && refusal?.reason.code == code)
    }

    @Test(arguments: ["2026-11-25", "2026-11-20", "2026-11-26"])
    func `a caller who may not name a day is refused before the day is checked`(_ day: String) {
        let refusal = #expect(throws: Refusal.self) { try decide(day, mayName: false) }
        #expect(refusal?.kind == .person && refusal?.reason.code == .assessmentDayNotYours)
    }
}
