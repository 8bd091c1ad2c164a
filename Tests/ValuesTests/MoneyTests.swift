import Foundation
import TestSupport
import Testing
import Values

@Suite struct MoneyTests {
    @Test func `text that is not an amount is rejected`() {
        for text in ["", "-1", "1.0", "1,000", " 1", "１２", "1e3", "99999999999999"] {
            #expect(Money.parse(text) == nil)
        }
        #expect(Money.parse("9999999999999") == .maximum)
        #expect(Money.parse("0") == .zero)
    }

    @Test func `shares are rounded half up`() {
        #expect(Money(5).share(50, of: 100) == Money(3))
        #expect(Money(333).share(15, of: 1000) == Money(5))
        #expect(Money(7).share(7, of: 100) == Money(0))
        #expect(Money.maximum.share(100, of: 100) == .maximum)
    }

    @Test func `a product beyond the maximum is refused`() {
        #expect(Money(1_000_000).times(10_000_000) == nil)
        #expect(Money(Int64.max).times(2) == nil)
        #expect(Money(9_999_999_999).times(1000) == Money(9_999_999_999_000))
    }

    @Test func `amounts are grouped by dots`() {
        #expect(Money(1_234_567).grouped == "1.234.567")
        #expect(Money(-1000).grouped == "-1.000")
        #expect(Money(12).formatted == "12 ₫")
    }
}
