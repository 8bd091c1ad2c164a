import Values

/// A date format, such as `dd/MM/yyyy HH:mm:ss`.
///
/// dd, MM, HH, mm and ss match one or two digits, yyyy four, and yy two (1980 to 2079). MMM matches the first three
/// letters of an English month. White space matches any white
/// space, and everything else matches itself. The whole text must match. Times are in Vietnamese time.
struct DatePattern: Sendable, Hashable {
    private enum Token: Hashable {
        case day, month, monthName, year, shortYear, hour, minute, second, space
        case literal(UInt8)
    }

    private let tokens: [Token]

    init?(_ pattern: String) {
        var tokens: [Token] = []
        var rest = pattern[...]
        let words: [(String, Token)] = [
            ("yyyy", .year), ("yy", .shortYear), ("dd", .day), ("MMM", .monthName), ("MM", .month), ("HH", .hour),
            ("mm", .minute),
            ("ss", .second),
        ]
        while let character = rest.first {
            if let (word, token) = words.first(where: { rest.hasPrefix($0.0) }) {
                tokens.append(token)
                rest = rest.dropFirst(word.count)
            } else {
                guard let byte = character.asciiValue, !character.isLetter || character == "T", !character.isNumber
                else {
                    return nil
                }
                tokens.append(Self.isSpace(byte) ? .space : .literal(byte))
                rest = rest.dropFirst()
            }
        }
        guard tokens.contains(.day), tokens.contains(.month) || tokens.contains(.monthName),
            tokens.contains(.year) || tokens.contains(.shortYear)
        else {
            return nil
        }
        self.tokens = tokens
    }

    func parse(_ text: String) -> Instant? {
        var rest = Array(text.utf8)[...]
        var (year, month, dayOfMonth) = (0, 0, 0)
        var (hour, minute, second) = (0, 0, 0)
        for token in tokens {
            switch token {
            case .space:
                guard let first = rest.first, Self.isSpace(first) else { return nil }
                rest = rest.drop(while: Self.isSpace)
            case .literal(let byte):
                guard rest.popFirst() == byte else { return nil }
            case .monthName:
                let name = String(decoding: rest.prefix(3), as: UTF8.self).lowercased()
                guard let place = Self.months.firstIndex(of: name) else { return nil }
                month = place + 1
                rest = rest.dropFirst(3)
            case .year, .shortYear, .day, .month, .hour, .minute, .second:
                let most = token == .year ? 4 : 2
                let least = token == .year ? 4 : token == .shortYear ? 2 : 1
                let digits = rest.prefix(most).prefix { (48...57).contains($0) }
                guard digits.count >= least else { return nil }
                rest = rest.dropFirst(digits.count)
                let value = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
                switch token {
                case .year: year = value
                case .shortYear: year = value < 80 ? 2000 + value : 1900 + value
                case .month: month = value
                case .day: dayOfMonth = value
                case .hour: hour = value
                case .minute: minute = value
                default: second = value
                }
            }
        }
        guard rest.isEmpty, hour < 24, minute < 60, second < 60,
            let day = Day(year: year, month: month, day: dayOfMonth)
        else { return nil }
        return day.start.adding(seconds: Int64(hour * 3600 + minute * 60 + second))
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
