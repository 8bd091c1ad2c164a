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
    /// A day, which narrows what was found by the rest: `21/11/2026`, `21/11`, `2026-11-21`, `hôm nay`, `hôm qua`.
    public let day: Day?
    /// Without accents, in small letters and without the day; empty if nothing but a day was typed.
    public let folded: String
    /// One word of letters, digits, dots, dashes and slashes: a code or the start of one. In capitals.
    public let code: String?

    /// - Parameter today: what days without a year, `hôm nay` and `hôm qua` are counted from.
    public init(_ typed: String, today: Day) {
        text = String(typed.trimming().prefix(Self.longest))
        let plain = text.foldedToASCII.lowercased()
        var words = plain.split(whereSeparator: \.isWhitespace).map(String.init)
        day = SearchTerm.takeDay(&words, today: today)
        folded = words.joined(separator: " ")
        reference = CreditorReference(folded)?.text
        amount = SearchTerm.amount(folded)
        caseNumber = SearchTerm.caseNumber(words)
        let isCode =
            words.count == 1 && folded.utf8.count >= 3
            && folded.allSatisfy { $0.isLetter || $0.isNumber || ".-/_".contains($0) }
        code = isCode ? folded.uppercased() : nil
    }

    /// Finds the words that name a day, and takes them out.
    private static func takeDay(_ words: inout [String], today: Day) -> Day? {
        if let place = words.indices.first(where: { place in
            place + 1 < words.endIndex && words[place] == "hom" && ["nay", "qua"].contains(words[place + 1])
        }) {
            let isYesterday = words[place + 1] == "qua"
            words.removeSubrange(place...(place + 1))
            return isYesterday ? today.adding(days: -1) : today
        }
        for (place, word) in words.enumerated() {
            guard let found = named(word, today) else { continue }
            words.remove(at: place)
            return found
        }
        return nil
    }

    private static func named(_ word: String, _ today: Day) -> Day? {
        switch word {
        case "today": return today
        case "yesterday": return today.adding(days: -1)
        default: break
        }
        if let day = Day(word) { return day }
        let parts = word.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count), parts[0].count <= 2, parts[1].count <= 2,
            parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) })
        else { return nil }
        let year = parts.count == 3 ? parts[2] : String(today.description.prefix(4))
        func two(_ text: String) -> String { text.count == 1 ? "0" + text : text }
        return Day("\(year)-\(two(parts[1]))-\(two(parts[0]))")
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
