import Values

/// A way to write dates, such as `dd/MM/yyyy HH:mm:ss`.
///
/// dd, MM, HH, mm, ss match one or two digits, yyyy four, yy two (2000 to 2079, else 19..); white space matches any white
/// space; everything else itself. The whole text must match. Times are Vietnam's.
struct DatePattern: Sendable, Hashable {
    private enum Token: Hashable {
        case day, month, year, shortYear, hour, minute, second, space
        case literal(Character)
    }

    private let tokens: [Token]
    let hasTime: Bool

    init?(_ pattern: String) {
        var tokens: [Token] = []
        var rest = pattern[...]
        let words: [(String, Token)] = [
            ("yyyy", .year), ("yy", .shortYear), ("dd", .day), ("MM", .month), ("HH", .hour), ("mm", .minute),
            ("ss", .second),
        ]
        while let character = rest.first {
            if let (word, token) = words.first(where: { rest.hasPrefix($0.0) }) {
                tokens.append(token)
                rest = rest.dropFirst(word.count)
            } else {
                guard !character.isLetter || character == "T", !character.isNumber else { return nil }
                tokens.append(character.isWhitespace ? .space : .literal(character))
                rest = rest.dropFirst()
            }
        }
        guard tokens.contains(.day), tokens.contains(.month), tokens.contains(.year) || tokens.contains(.shortYear)
        else {
            return nil
        }
        hasTime = tokens.contains(.hour)
        self.tokens = tokens
    }

    func parse(_ text: some StringProtocol) -> Instant? {
        var rest = Substring(text)
        var values: [Token: Int] = [:]
        for token in tokens {
            switch token {
            case .space:
                guard rest.first?.isWhitespace == true else { return nil }
                while rest.first?.isWhitespace == true { rest.removeFirst() }
            case .literal(let character):
                guard rest.first == character else { return nil }
                rest.removeFirst()
            default:
                let wanted = token == .year ? 4 : 2
                let digits = rest.utf8.prefix(wanted).prefix { (48...57).contains($0) }
                let least = token == .year ? 4 : token == .shortYear ? 2 : 1
                guard digits.count >= least, let value = Int(String(decoding: digits, as: UTF8.self)) else {
                    return nil
                }
                values[token] = value
                rest = rest.dropFirst(digits.count)
            }
        }
        guard rest.isEmpty, let month = values[.month], let dayOfMonth = values[.day] else { return nil }
        let year = values[.year] ?? values[.shortYear].map { $0 < 80 ? 2000 + $0 : 1900 + $0 } ?? 0
        let (hour, minute, second) = (values[.hour] ?? 0, values[.minute] ?? 0, values[.second] ?? 0)
        guard hour < 24, minute < 60, second < 60, let day = Day(year: year, month: month, day: dayOfMonth) else {
            return nil
        }
        return day.start.adding(seconds: Int64(hour * 3600 + minute * 60 + second))
    }
}
