import PureSupport
import Testing
import Values

@testable import FeeSchedule

/// Prices as people wrote them into the national database of procedures.
@Suite struct PublishedPriceTests {
    @Test(arguments: [
        ("không", PublishedPrice.free), ("  Không ", .free), ("Miễn phí", .free), ("0", .free), ("0 đồng", .free),
        ("", .notStated), ("   ", .notStated), ("20.000", .amount(Money(20_000), per: nil)),
        ("20,000", .amount(Money(20_000), per: nil)), ("20000", .amount(Money(20_000), per: nil)),
        ("20.000 đồng", .amount(Money(20_000), per: nil)), ("20.000đ", .amount(Money(20_000), per: nil)),
        ("8.000 đồng/bản", .amount(Money(8000), per: "bản")),
        ("8.000 VNĐ / bản sao", .amount(Money(8000), per: "bản sao")),
        ("1.500.000", .amount(Money(1_500_000), per: nil)), ("20.5", .unclear("20.5")), ("2.0000", .unclear("2.0000")),
        ("20.000,50", .unclear("20.000,50")), ("20.000 - 40.000", .unclear("20.000 - 40.000")),
        ("Theo Thông tư 75/2022", .unclear("Theo Thông tư 75/2022")), ("-20.000", .unclear("-20.000")),
        ("99999999999999999999", .unclear("99999999999999999999")),
    ]) func `a text is an amount, nothing, silent or unclear`(_ text: String, _ price: PublishedPrice) {
        #expect(PublishedPrice(text) == price)
    }

    @Test func `an amount in any notation is read back, and no other amount is ever made of it`() {
        var random = Seeded("published prices")
        for _ in 0..<20_000 {
            let money = Money(Int64.random(in: 1...9_999_999_999, using: &random))
            let number = random.pick([money.description, money.grouped, money.grouped.replacing(".", with: ",")])
            let text = number + random.pick(["", " đồng", "đ", " VNĐ", " ₫"]) + random.pick(["", "/lần", " / hồ sơ"])
            #expect(PublishedPrice(text).money == money, "\(text)")
            // One character more or less is unclear or says another amount plainly, but never this one.
            var broken = Array(number)
            if let place = broken.firstIndex(where: { ".,".contains($0) }), random.chance(50) {
                broken.remove(at: place)
                let price = PublishedPrice(String(broken))
                #expect(price == .unclear(String(broken)) || price.money == money, "\(String(broken))")
            }
        }
    }
}
