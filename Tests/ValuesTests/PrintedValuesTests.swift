import Testing
import Values

/// What is printed for people can be entered as it was printed.
@Suite struct PrintedValuesTests {
    @Test(arguments: ["0", "7", "115", "1.000", "115.000", "9.999.999.999.999"])
    func `an amount is read as it is printed`(_ text: String) {
        let money = Money(printed: text)
        #expect(money?.grouped == text)
        #expect(Money(printed: text + " ₫") == money)
        #expect(money.flatMap { Money(printed: $0.formatted(in: .english)) } == money)
    }

    @Test(arguments: [
        "", "1.00", "10.00", "1.0000", "1000.000", "1.000,000", ".100", "1..000", "-1.000", "1.000 đ", "1,5",
    ])
    func `what is not printed so is not an amount`(_ text: String) {
        #expect(Money(printed: text) == nil)
    }

    @Test func `a day is read as it is printed`() {
        #expect(Day(printed: "25/11/2026") == Day("2026-11-25"))
        for text in ["5/11/2026", "25/11/26", "31/02/2026", "2026-11-25", "25-11-2026", "25/11/2026 ", ""] {
            #expect(Day(printed: text) == nil, "\(text)")
        }
    }
}
