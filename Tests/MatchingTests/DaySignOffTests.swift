import Testing
import Values
import Workflow

@testable import Matching

/// Whether a day may be signed off as it stands.
@Suite struct DaySignOffTests {
    private static let day = Day(daysSinceEpoch: 20_000)

    private func item(_ reason: Reason, _ amount: Int64) -> DayDifference.Item {
        DayDifference.Item(reason, Money(amount), on: Self.day, detail: "")
    }

    /// What is decided; the code of a refusal.
    private func decision(
        daysBack: Int = 0,
        signedBy: String? = nil,
        difference: Int64? = nil,
        items: [DayDifference.Item] = [],
        cases: Int = 0,
        lines: Int = 0,
        note: String? = nil
    ) -> Result<Reason?, Refusal> {
        let facts = DaySignOff.Facts(
            accountNumber: "1",
            day: Self.day,
            today: Self.day.adding(days: daysBack),
            signedBy: signedBy,
            difference: difference.map { Money($0) } ?? items.map(\.amount).total(),
            items: items,
            openCases: cases,
            waitingLines: lines
        )
        return Result { () throws(Refusal) in try DaySignOff.decide(facts, acknowledging: note) }
    }

    @Test func `a day that has come and has nothing open is signed off without a word`() {
        #expect(decision() == .success(nil))
        #expect(decision(daysBack: 400, note: "a word all the same") == .success(nil))
    }

    @Test func `a day in the future is refused by its field`() {
        let reason = Reason.dayAhead(Self.day, today: Self.day.adding(days: -1))
        #expect(decision(daysBack: -1, note: "in advance") == .failure(Refusal(.field("/day"), reason)))
    }

    @Test func `a day is signed off once`() {
        #expect(decision(signedBy: "Hoa") == .failure(Refusal(.state, .daySigned(Self.day, by: "Hoa"))))
    }

    @Test func `no word makes up for lines that no run has considered`() {
        let items = [item(.notReconciled(1, amount: Money(5)), -5), item(.notReconciled(2, amount: Money(7)), -7)]
        #expect(
            decision(items: items, note: "later") == .failure(Refusal(.state, .dayNotReconciled(Self.day, lines: 2)))
        )
    }

    @Test func `no word makes up for a difference that is not explained`() {
        let items = [item(.awaitingLine(transaction: "T", amount: Money(5)), 5)]
        #expect(
            decision(difference: 8, items: items, note: "later")
                == .failure(Refusal(.state, .dayNotExplained(Self.day, difference: Money(3))))
        )
    }

    @Test func `what is open needs a word, and each kind of it counts`() {
        let items = [
            item(.awaitingLine(transaction: "T", amount: Money(5)), 5),
            item(.missingAtBank(transaction: "U", amount: Money(6)), 6),
        ]
        for (items, cases, lines) in [(items, 0, 0), ([], 3, 0), ([], 0, 4), (items, 3, 4)] {
            let refused = Reason.dayHasOpenItems(Self.day, items: items.count, cases: cases, lines: lines)
            #expect(decision(items: items, cases: cases, lines: lines) == .failure(Refusal(.state, refused)))
            let signed = Reason.daySignedWithOpenItems(
                Self.day,
                items: items.count,
                cases: cases,
                lines: lines,
                note: "known"
            )
            #expect(decision(items: items, cases: cases, lines: lines, note: "known") == .success(signed))
        }
    }

    @Test func `what another day shows is only a matter of time`() {
        let items = [
            item(.shownLater(transaction: "T", amount: Money(5)), 5),
            item(.shownEarlier(transaction: "U", amount: Money(6)), -6),
        ]
        #expect(decision(items: items) == .success(nil))
    }
}
