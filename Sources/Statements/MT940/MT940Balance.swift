import Values

/// A balance such as `C260101VND1234,`: mark, date, currency and amount.
struct MT940Balance {
    let amount: Money
    let currency: String

    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count > 10, bytes[0] == UInt8(ascii: "C") || bytes[0] == UInt8(ascii: "D"),
            MT940Entry.day(bytes[1..<7]) != nil, bytes[7..<10].allSatisfy({ (65...90).contains($0) })
        else { return nil }
        currency = String(decoding: bytes[7..<10], as: UTF8.self)
        var digits = bytes[10...]
        while digits.last == 0x20 { digits.removeLast() }
        guard
            let amount = StatementAmount.parse(
                digits,
                exponent: StatementAmount.exponent(of: currency),
                point: UInt8(ascii: ","),
                allowsSign: false
            )
        else { return nil }
        self.amount = bytes[0] == UInt8(ascii: "D") ? -amount : amount
    }
}
