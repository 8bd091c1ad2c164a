import Values

/// Amounts as written in tables for people.
struct TableAmount {
    let thousands: [Character]
    let decimals: [Character]

    /// Reads whole đồng such as `1.234.567`, `1,234,567.00`, `-5`, `(5)` or `5 VND`; returns `nil` for anything else.
    ///
    /// Groups must have three digits and the same separator throughout; a fraction must be one or two zeros. The
    /// meaning of a separator is thus never guessed.
    func parse(_ cell: TableCell) -> Money? {
        switch cell.kind {
        case .time: nil
        case .number: Self.number(cell.text)
        case .text: parse(cell.text)
        }
    }

    func parse(_ text: String) -> Money? {
        var text = text.trimmed
        for unit in ["VND", "VNĐ", "đ", "₫"] where text.hasSuffix(unit) {
            text = String(text.dropLast(unit.count)).trimmed
        }
        var isNegative = false
        if text.hasPrefix("("), text.hasSuffix(")") {
            isNegative = true
            text = String(text.dropFirst().dropLast()).trimmed
        } else if let sign = text.first, sign == "-" || sign == "+" || sign == "\u{2212}" {
            isNegative = sign != "+"
            text = String(text.dropFirst()).trimmed
        }
        guard let digits = digits(text), let value = Int64(digits), value <= StatementAmount.maximumBalance else {
            return nil
        }
        return Money(isNegative ? -value : value)
    }

    private func digits(_ text: String) -> String? {
        var whole = text[...]
        if let point = text.lastIndex(where: { decimals.contains($0) }) {
            let fraction = text[text.index(after: point)...]
            if (1...2).contains(fraction.count), fraction.allSatisfy({ $0 == "0" }) { whole = text[..<point] }
        }
        let separators = Set(whole.filter { !Self.isDigit($0) })
        guard separators.count <= 1 else { return nil }
        guard let separator = separators.first else { return whole.isEmpty || whole.count > 18 ? nil : String(whole) }
        guard thousands.contains(separator) else { return nil }
        let groups = whole.split(separator: separator, omittingEmptySubsequences: false)
        guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }), groups.count <= 6
        else { return nil }
        return groups.joined()
    }

    /// Finds the first amount in a text such as `Số dư cuối kỳ: 48,803,000 VND (Bằng chữ: …)`.
    func first(in text: String) -> Money? {
        var rest = text[...]
        while let start = rest.firstIndex(where: Self.isDigit) {
            let end = rest[start...].firstIndex {
                !Self.isDigit($0) && !thousands.contains($0) && !decimals.contains($0)
            }
            var token = rest[start..<(end ?? rest.endIndex)]
            while let last = token.last, !Self.isDigit(last) { token.removeLast() }
            let isNegative = rest[..<start].trimmed.last == "-"
            if let amount = parse(String(token)) { return isNegative ? -amount : amount }
            rest = rest[(end ?? rest.endIndex)...]
        }
        return nil
    }

    /// Converts a spreadsheet's number to a whole number exactly; returns `nil` if it has a fraction or is too large.
    static func number(_ text: String) -> Money? {
        var mantissa = text[...]
        var exponent = 0
        if let mark = text.firstIndex(where: { $0 == "E" || $0 == "e" }) {
            guard let value = Int(text[text.index(after: mark)...]), (-30...30).contains(value) else { return nil }
            exponent = value
            mantissa = text[..<mark]
        }
        let isNegative = mantissa.first == "-"
        if isNegative { mantissa.removeFirst() }
        let parts = mantissa.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ $0.allSatisfy(isDigit) }), !parts[0].isEmpty else {
            return nil
        }
        var digits = String(parts[0]) + (parts.count == 2 ? parts[1] : "")
        exponent -= parts.count == 2 ? parts[1].count : 0
        while exponent < 0, digits.last == "0" {
            digits.removeLast()
            exponent += 1
        }
        if digits.isEmpty { return .zero }
        guard exponent >= 0, digits.count + exponent <= 18,
            let value = Int64(digits + String(repeating: "0", count: exponent)),
            value <= StatementAmount.maximumBalance
        else { return nil }
        return Money(isNegative ? -value : value)
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
