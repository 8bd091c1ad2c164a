import Casework
import Testing
import Values
import Workflow

@Suite struct ErasureRulesTests {
    private let now = Instant("2026-11-30T10:00:00+07:00") ?? Instant(microseconds: 0)

    @Test(arguments: PaymentRequestState.allCases)
    func `who owes is not forgotten`(_ state: PaymentRequestState) {
        let facts = ErasureFacts(requests: [.init(reference: "RF18", state: state)])
        #expect(ErasureRules.hindrances(facts).isEmpty == (state != .pending))
    }

    @Test(arguments: RefundState.allCases)
    func `who is being paid back is not forgotten`(_ state: RefundState) {
        let refund = ErasureFacts.OfRefund(mark: "KHR1", state: state, requestedAt: now)
        let mayGo = [RefundState.rejected, .settled].contains(state)
        #expect(ErasureRules.hindrances(ErasureFacts(refunds: [refund])).isEmpty == mayGo)
        #expect((ErasureRules.keeps(refund, at: now) == nil) == (state == .rejected))
    }

    @Test func `every hindrance is told, in both languages`() {
        let facts = ErasureFacts(
            requests: [.init(reference: "RF18", state: .pending)],
            cases: [.init(id: 7, isOpen: true), .init(id: 8, isOpen: false)],
            refunds: [.init(mark: "KHR1", state: .approved, requestedAt: now)]
        )
        let told = ErasureRules.hindrances(facts)
        #expect(told.count == 3)
        for (phrase, word) in zip(told, ["RF18", "7", "KHR1"]) {
            #expect(phrase[.vietnamese].contains(word) && phrase[.english].contains(word))
            #expect(phrase[.vietnamese] != phrase[.english])
        }
    }

    @Test func `an order to the bank is kept for ten years, and not a day less`() {
        func keeps(_ days: Int64) -> Bool {
            let at = now.adding(seconds: -days * 86_400)
            return ErasureRules.keeps(.init(mark: "KHR1", state: .settled, requestedAt: at), at: now) != nil
        }
        #expect(keeps(0) && keeps(3650) && keeps(3653))
        #expect(!keeps(3661))
    }

    @Test func `times are counted back from now`() {
        var times = RetentionTimes()
        times.rawDays = 31
        let ends = times.ends(at: now)
        #expect(ends.raw == now.adding(seconds: -31 * 86_400))
        #expect(ends.answers == now.adding(seconds: -400 * 86_400) && ends.sessions == ends.answers)
        #expect(ends.books < now.adding(seconds: -3652 * 86_400))
        #expect(RetentionTimes.bookYearsRange.lowerBound == ErasureRules.bookYears)
    }
}
