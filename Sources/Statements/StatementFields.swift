import Values

/// Amounts as statements write them.
enum StatementAmount {
    /// Whole đồng with an optional sign; a fraction of zeros is let pass. `nil` for anything else.
    static func parse(_ text: String) -> Money? {
        var digits = text[...]
        let isNegative = digits.first == "-"
        if isNegative || digits.first == "+" { digits.removeFirst() }
        if let point = digits.firstIndex(of: ".") {
            let fraction = digits[digits.index(after: point)...]
            guard (1...2).contains(fraction.utf8.count), fraction.allSatisfy({ $0 == "0" }) else { return nil }
            digits = digits[..<point]
        }
        guard (1...16).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let value = Int64(digits)
        else { return nil }
        return Money(isNegative ? -value : value)
    }
}

/// Times as statements write them.
enum StatementTime {
    /// RFC 3339, the same without an offset for Vietnamese time, or a day alone.
    static func parse(_ text: String) -> Instant? {
        if let instant = Instant(text) { return instant }
        if let day = Day(text) { return day.start }
        if text.utf8.count == 16 { return Instant(text + ":00+07:00") }
        return Instant(text + "+07:00")
    }
}

extension StatementSummary {
    mutating func add(_ line: StatementLine) {
        lines += 1
        if line.amount > .zero {
            creditCount += 1
            credits += line.amount
        } else {
            debitCount += 1
            debits -= line.amount
        }
        let day = line.bookedAt.day
        firstDay = firstDay.map { min($0, day) } ?? day
        lastDay = lastDay.map { max($0, day) } ?? day
    }
}

/// Follows the running balance: each line's is the one before it plus the line, oldest first or newest first.
struct BalanceCheck {
    private var first: StatementLine?
    private var previous: StatementLine?
    /// Both orders hold until a line contradicts one of them.
    private var oldestFirst = true
    private var newestFirst = true

    var isNewestFirst: Bool { newestFirst && !oldestFirst }

    /// Takes the next line; a text says how the balances contradict one another.
    mutating func add(_ line: StatementLine) -> String? {
        defer { previous = line }
        guard let balance = line.balance else { return nil }
        if first == nil { first = line }
        guard let before = previous, let balanceBefore = before.balance else { return nil }
        let couldBeOldestFirst = oldestFirst && balanceBefore + line.amount == balance
        let couldBeNewestFirst = newestFirst && balance + before.amount == balanceBefore
        if !couldBeOldestFirst && !couldBeNewestFirst {
            return "does not follow: \(balanceBefore) before it and \(line.amount) of its own make \(balanceBefore + line.amount)"
        }
        (oldestFirst, newestFirst) = (couldBeOldestFirst, couldBeNewestFirst)
        return nil
    }

    /// Opening and closing balance, where the first and the last line of the file tell theirs.
    var ends: (opening: Money?, closing: Money?) {
        guard let first, let firstBalance = first.balance, let last = previous, let lastBalance = last.balance else {
            return (nil, nil)
        }
        if isNewestFirst { return (lastBalance - last.amount, firstBalance) }
        return (firstBalance - first.amount, lastBalance)
    }
}
