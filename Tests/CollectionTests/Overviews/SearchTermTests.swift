import PureSupport
import Testing
import Values

@testable import Collection

/// What people type into the search box, and what it means.
@Suite struct SearchTermTests {
    /// A Tuesday.
    private static let today = Day("2026-12-01")!

    private static func days(_ from: String, _ to: String) -> ClosedRange<Day> { Day(from)!...Day(to)! }

    @Test(arguments: [
        ("hôm nay", days("2026-12-01", "2026-12-01")), ("hom qua", days("2026-11-30", "2026-11-30")),
        ("yesterday", days("2026-11-30", "2026-11-30")), ("05/11/2026", days("2026-11-05", "2026-11-05")),
        ("5/11", days("2026-11-05", "2026-11-05")), ("2026-11-05", days("2026-11-05", "2026-11-05")),
        ("tuần này", days("2026-11-30", "2026-12-06")), ("tuần trước", days("2026-11-23", "2026-11-29")),
        ("last week", days("2026-11-23", "2026-11-29")), ("tháng này", days("2026-12-01", "2026-12-31")),
        ("tháng trước", days("2026-11-01", "2026-11-30")), ("thứ ba", days("2026-12-01", "2026-12-01")),
        ("thứ tư", days("2026-11-25", "2026-11-25")), ("thu 4", days("2026-11-25", "2026-11-25")),
        ("chủ nhật", days("2026-11-29", "2026-11-29")), ("monday", days("2026-11-30", "2026-11-30")),
    ]) func `words name days`(_ text: String, _ days: ClosedRange<Day>) {
        let alone = SearchTerm(text, today: Self.today)
        #expect(alone.days == days && alone.folded.isEmpty)
        // Wherever they stand among others.
        let beside = SearchTerm("50k \(text)", today: Self.today)
        #expect(beside.days == days && beside.amount == Money(50_000))
        #expect(SearchTerm("Nguyễn Văn An, \(text)", today: Self.today).folded == "nguyen van an")
    }

    @Test func `Thu Ba is a name`() {
        let term = SearchTerm("nguyen thi thu ba", today: Self.today)
        #expect(term.days == nil && term.folded == "nguyen thi thu ba")
    }

    @Test(arguments: [
        "nguyen van an 40000", "Nguyễn Văn An, 40.000", "Nguyễn Văn An 40k", "Nguyễn Văn An; 40 nghìn",
        "Nguyễn Văn An, 40.000, 05/11/2026", "05/11/2026 nguyễn văn an 40.000 ₫",
    ]) func `a name and an amount are both looked for`(_ text: String) {
        let term = SearchTerm(text, today: Self.today)
        #expect(term.priced == .init(name: "nguyen van an", amount: Money(40_000)), "\(term)")
        #expect(term.days == (text.contains("/") ? Self.days("2026-11-05", "2026-11-05") : nil))
    }

    @Test(arguments: ["nguyen van an", "40000", "HS-2026 40000", "An 5", "phường 12", "lô 40000 000"])
    func `what is no name with an amount is not taken for one`(_ text: String) {
        #expect(SearchTerm(text, today: Self.today).priced == nil)
    }

    @Test func `no text stops it`() {
        var random = Seeded("search terms")
        let pieces = [
            "thứ", "ba", "tuần", "trước", "12/13", "40.000", ",", "RF", "é", "hôm", "\u{0}", "５", "₫", "x", "-",
        ]
        for _ in 0..<5000 {
            let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in random.pick(pieces) }.joined(
                separator: " "
            )
            let term = SearchTerm(text, today: Self.today)
            #expect(term.text.count <= SearchTerm.longest)
        }
    }
}
