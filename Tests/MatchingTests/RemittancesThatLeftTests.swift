import PureSupport
import Testing
import Values

@testable import Matching

/// Pass `remittance`: a debit is an order to the State Treasury that was taken to the bank.
@Suite struct RemittancesThatLeftTests {
    private static let day = Day("2026-11-20")!
    private static let marks = ["KHNAB12CD34EF56GH", "KHNAB12CD34EF56GJ"]

    private static func memo(_ rows: [(String, Int64)], _ mark: String = "") -> String {
        BudgetMemo(
            taxCode: "0100000000",
            office: "1054449",
            rows: rows.map { .init(content: mark + " Le phi", chapter: "860", budgetCode: $0.0, amount: Money($0.1)) }
        ).text
    }

    private static func order(_ place: Int, _ rows: [(String, Int64)]) -> MatchingFacts.Remittance {
        MatchingFacts.Remittance(
            id: Int64(place + 1),
            mark: marks[place],
            amount: rows.map { Money($0.1) }.total(),
            memo: BudgetMemo(memo(rows, marks[place])),
            sentOn: day
        )
    }

    /// The orders that lines are, by line.
    private static func decide(
        _ orders: [MatchingFacts.Remittance],
        _ lines: [(amount: Int64, memo: String, day: Day)]
    ) -> [Int64: Int64] {
        var facts = MatchingFacts(accountNumber: "1", through: day.adding(days: 5), calendar: BankCalendarDays())
        facts.remittances = orders
        let read = lines.enumerated().map { place, line in
            Line(
                id: Int64(place + 1),
                transactionID: "T\(place)",
                amount: Money(line.amount),
                bookedAt: line.day.start.adding(seconds: 36_000 + Int64(place)),
                memo: line.memo
            )
        }
        var items = OpenItems(lines: read, notices: [], facts: facts)
        MatchingPasses.remittancesThatLeft(&items)
        let found = items.decisions.compactMap { decision in decision.remittanceID.map { (decision.lineID, $0) } }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    @Test func `the mark names the order, whatever the bank did to the memo`() {
        let orders = [Self.order(0, [("2767", 4000)]), Self.order(1, [("2767", 4000)])]
        let lines = [
            (amount: Int64(-4000), memo: "nop nsnn khn-ab12-cd34-ef56-gj", day: Self.day),
            (-4000, "KHNAB12CD34EF56GH (NSNN!cut", Self.day),
        ]
        #expect(Self.decide(orders, lines) == [1: 2, 2: 1])
    }

    @Test func `a mark with another amount is no order, nor another one's, and only the first line is it`() {
        let orders = [Self.order(0, [("2767", 4000)]), Self.order(1, [("2767", 3999)])]
        let other = Self.memo([("2767", 3999)], Self.marks[0])
        #expect(Self.decide(orders, [(amount: -3999, memo: other, day: Self.day)]).isEmpty)
        let twice = [(amount: Int64(-4000), memo: Self.marks[0], day: Self.day), (-4000, Self.marks[0], Self.day)]
        #expect(Self.decide(orders, twice) == [1: 1])
    }

    @Test func `rows of chapter, sub-item and amount name it where the mark was lost`() {
        let orders = [
            Self.order(0, [("2767", 4000), ("2852", 6000)]), Self.order(1, [("2767", 6000), ("2852", 4000)]),
        ]
        let turned = Self.memo([("2852", 6000), ("2767", 4000)])
        #expect(Self.decide(orders, [(amount: -10_000, memo: turned, day: Self.day)]) == [1: 1])
        // Not before it was taken to the bank, not for another payer, not where two lines or two orders fit.
        let early = Self.day.previous
        #expect(Self.decide(orders, [(amount: -10_000, memo: turned, day: early)]).isEmpty)
        let stranger = turned.replacing("0100000000", with: "0100000001")
        #expect(Self.decide(orders, [(amount: -10_000, memo: stranger, day: Self.day)]).isEmpty)
        let both = [(amount: Int64(-10_000), memo: turned, day: Self.day), (-10_000, turned, Self.day)]
        #expect(Self.decide(orders, both).isEmpty)
        let twins = [orders[0], Self.order(1, [("2767", 4000), ("2852", 6000)])]
        #expect(Self.decide(twins, [(amount: -10_000, memo: turned, day: Self.day)]).isEmpty)
    }
}
