extension Money {
    /// The amount in Vietnamese words, as receipts state it: `Một trăm mười lăm nghìn đồng`.
    ///
    /// `linh` and `nghìn` are the words of official texts; `mốt`, `tư` and `lăm` stand where they are spoken: 21 is hai
    /// mươi mốt, 24 hai mươi tư, 14 mười bốn, 15 mười lăm. A group of three digits below 100 that follows a higher one
    /// is read out whole (1.005.000: một triệu không trăm linh năm nghìn), one of zeros is silent. For amounts that are not
    /// negative.
    public var inWords: String {
        precondition(dong >= 0, "an amount in words is not negative")
        var words = dong == 0 ? ["không"] : Money.words(UInt64(dong))
        words[0] = words[0].prefix(1).uppercased() + words[0].dropFirst()
        return (words + ["đồng"]).joined(separator: " ")
    }

    private static let digits = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]

    /// A number above 0; of 0, nothing.
    private static func words(_ number: UInt64) -> [String] {
        guard number > 0 else { return [] }
        // Above a tỷ the scale begins again: nghìn tỷ, triệu tỷ.
        let (billions, rest) = number.quotientAndRemainder(dividingBy: 1_000_000_000)
        var words: [String] = billions > 0 ? self.words(billions) + ["tỷ"] : []
        let scale: [(value: UInt64, word: String?)] = [(1_000_000, "triệu"), (1000, "nghìn"), (1, nil)]
        for (value, word) in scale {
            let group = Int(rest / value % 1000)
            guard group > 0 else { continue }
            words += self.group(group, isFirst: words.isEmpty) + (word.map { [$0] } ?? [])
        }
        return words
    }

    /// Three digits, more than 0.
    private static func group(_ number: Int, isFirst: Bool) -> [String] {
        let (hundreds, tens, units) = (number / 100, number / 10 % 10, number % 10)
        var words: [String] = []
        if hundreds > 0 || !isFirst { words += [digits[hundreds], "trăm"] }
        switch tens {
        case 0: if units > 0, !words.isEmpty { words.append("linh") }
        case 1: words.append("mười")
        default: words += [digits[tens], "mươi"]
        }
        switch units {
        case 0: break
        case 1 where tens > 1: words.append("mốt")
        case 4 where tens > 1: words.append("tư")
        case 5 where tens > 0: words.append("lăm")
        default: words.append(digits[units])
        }
        return words
    }
}
