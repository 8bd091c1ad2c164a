import Testing
import Values
import Workflow

@testable import Matching

/// Whether a second person may sign a day.
@Suite struct DayCountersignatureTests {
    private static let day = Day(daysSinceEpoch: 20_000)

    private func refusal(signer: String?, second: String? = nil, changes: Int = 0, by: String, note: String? = nil)
        -> Reason.Code?
    {
        let facts = DayCountersignature.Facts(
            day: Self.day,
            signer: signer,
            countersignedBy: second,
            changes: changes
        )
        do throws(Refusal) {
            try DayCountersignature.decide(facts, by: by, note: note)
            return nil
        } catch { return error.reason.code }
    }

    @Test func `another person signs what one has signed, once`() {
        #expect(refusal(signer: "person:a", by: "person:b") == nil)
        #expect(refusal(signer: nil, by: "person:b") == .dayNotSigned)
        #expect(refusal(signer: "person:a", by: "person:a") == .dayOwnSignature)
        #expect(refusal(signer: "person:a", second: "B", by: "person:c") == .dayCountersigned)
    }

    @Test func `what has changed since takes a word`() {
        #expect(refusal(signer: "person:a", changes: 2, by: "person:b") == .dayChangedSinceSigned)
        #expect(refusal(signer: "person:a", changes: 2, by: "person:b", note: "FT9 came late") == nil)
    }
}
