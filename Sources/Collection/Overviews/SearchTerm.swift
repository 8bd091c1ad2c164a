import PaymentQR
public import Values

/// What somebody typed into the search box, and everything that it may mean.
public struct SearchTerm: Sendable, Hashable {
    /// The longest text that is looked for.
    public static let longest = 100

    /// As typed, without space at its ends.
    public let text: String
    /// The reference of a request, whole, in any notation.
    public let reference: String?
    /// An amount: `50000`, `50.000`, `50,000 ₫`, `50k`, `50 nghìn`, `1tr`, `1,5 triệu`.
    public let amount: Money?
    /// The number of a case: `12`, `#12`, `vụ việc 12`, `case 12`.
    public let caseNumber: Int64?
    /// Days, which narrow what was found by the rest: see ``SearchedDays``.
    public let days: ClosedRange<Day>?
    /// Without accents, in small letters and without the days; empty if nothing but days was typed.
    public let folded: String
    /// A name with an amount behind it: `nguyen van an 40000`.
    public let priced: Priced?
    /// One word of letters, digits, dots, dashes and slashes: a code or the start of one. In capitals.
    public let code: String?

    /// Whose payment it is and how much was owed, both at once.
    public struct Priced: Sendable, Hashable {
        /// Folded.
        public let name: String
        public let amount: Money
    }

    /// - Parameter today: what days without a year, `hôm qua` and the like are counted from.
    public init(_ typed: String, today: Day) {
        text = String(typed.trimming().prefix(Self.longest))
        var searched = SearchedDays(text, today: today)
        days = searched.take()
        let words = searched.words
        folded = words.joined(separator: " ")
        priced = SearchTerm.priced(words)
        reference = CreditorReference(folded)?.text
        amount = SearchTerm.amount(folded)
        caseNumber = SearchTerm.caseNumber(words)
        let isCode =
            words.count == 1 && folded.utf8.count >= 3
            && folded.allSatisfy { $0.isLetter || $0.isNumber || ".-/_".contains($0) }
        code = isCode ? folded.uppercased() : nil
    }

    /// One to three words at the end that are an amount of a thousand đồng at least, behind a name.
    private static func priced(_ words: [String]) -> Priced? {
        for count in 1...3 where words.count > count {
            guard let amount = amount(words.suffix(count).joined(separator: " ")), amount >= Money(1000) else {
                continue
            }
            let name = words.dropLast(count).joined(separator: " ").trimming(while: { ",;-".contains($0) })
            guard name.utf8.count >= Finder.fewest, name.allSatisfy({ !$0.isNumber }) else { continue }
            return Priced(name: name, amount: amount)
        }
        return nil
    }

    /// Reads an amount as people type it; `nil` if the text is more than that.
    private static func amount(_ folded: String) -> Money? {
        let plain = folded.replacing(" ", with: "")
        for (ending, factor) in [
            ("trieu", 1_000_000), ("tr", 1_000_000), ("nghin", 1000), ("ngan", 1000), ("k", 1000), ("vnd", 1),
            ("dong", 1), ("d", 1), ("₫", 1), ("", 1),
        ] as [(String, Int64)] where plain.hasSuffix(ending) {
            let number = String(plain.dropLast(ending.count))
            if let whole = Money(printed: number) ?? Money.parse(number) { return whole.times(factor) }
            guard factor > 1, let scaled = scaled(number, factor) else { return nil }
            return scaled
        }
        return nil
    }

    /// `1,5` times a million; at most three places after the comma.
    private static func scaled(_ number: String, _ factor: Int64) -> Money? {
        let halves = number.split(whereSeparator: { $0 == "," || $0 == "." }).map(String.init)
        guard halves.count == 2, (1...3).contains(halves[1].count), let whole = Money.parse(halves[0]),
            let part = Money.parse(halves[1])
        else { return nil }
        let places: Int64 = [10, 100, 1000][halves[1].count - 1]
        guard factor % places == 0, let first = whole.times(factor), let second = part.times(factor / places) else {
            return nil
        }
        return first + second
    }

    private static func caseNumber(_ words: [String]) -> Int64? {
        guard let last = words.last else { return nil }
        let digits = last.hasPrefix("#") ? String(last.dropFirst()) : last
        let before = words.dropLast().joined(separator: " ")
        guard ["", "vu viec", "case", "vv"].contains(before), digits.count <= 15 else { return nil }
        return Int64(digits).flatMap { $0 > 0 ? $0 : nil }
    }
}
