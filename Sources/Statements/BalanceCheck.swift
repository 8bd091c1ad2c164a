import Values

/// Checks running balances: each must equal the previous balance plus the line's amount, in oldest-first or
/// newest-first order. Lines without a balance contribute their amounts.
struct BalanceCheck {
    private struct Anchor {
        var balance: Money
        var amount: Money
        /// The sum of the lines since this balance.
        var since = Money.zero
    }

    /// Both orders are possible until a line contradicts one of them.
    private var canBeOldestFirst = true
    private var canBeNewestFirst = true
    /// The first line with a balance, and the sum of the lines before it.
    private var first: Anchor?
    private var beforeFirst = Money.zero
    /// The last line with a balance.
    private var last: Anchor?
    private var firstTime: Instant?
    private var lastTime: Instant?

    /// Whether the newest line comes first, by the balances; if they allow both orders or are missing, by the times.
    var isNewestFirst: Bool {
        if canBeOldestFirst != canBeNewestFirst { return canBeNewestFirst }
        guard let firstTime, let lastTime else { return false }
        return firstTime > lastTime
    }

    /// Adds the next line; returns how its balance contradicts the previous ones, if it does.
    mutating func add(_ line: StatementLine) -> Phrase? {
        firstTime = firstTime ?? line.bookedAt
        lastTime = line.bookedAt
        guard let balance = line.balance else {
            if first == nil { beforeFirst += line.amount }
            last?.since += line.amount
            return nil
        }
        let before = last
        last = Anchor(balance: balance, amount: line.amount)
        guard let before else {
            if first == nil { first = last }
            return nil
        }
        let forward = before.balance + before.since + line.amount
        let backward = before.balance - before.amount - before.since
        let fitsOldestFirst = canBeOldestFirst && forward == balance
        let fitsNewestFirst = canBeNewestFirst && backward == balance
        if !fitsOldestFirst && !fitsNewestFirst {
            return isNewestFirst
                ? Phrase(
                    vi: "không khớp: dòng mới hơn phía trên cho ra \(backward)",
                    en: "does not follow: \(backward) is what the newer line above it leaves"
                )
                : Phrase(
                    vi:
                        "không khớp: \(before.balance + before.since) trước đó cộng \(line.amount) của dòng này bằng \(forward)",
                    en:
                        "does not follow: \(before.balance + before.since) before it and \(line.amount) of its own make \(forward)"
                )
        }
        (canBeOldestFirst, canBeNewestFirst) = (fitsOldestFirst, fitsNewestFirst)
        return nil
    }

    mutating func loseTrack() { last = nil }

    /// The balances before the earliest and after the latest line, if any line states a balance.
    var ends: (opening: Money?, closing: Money?) {
        guard let first, let last else { return (nil, nil) }
        if isNewestFirst { return (last.balance - last.amount - last.since, first.balance + beforeFirst) }
        return (first.balance - first.amount - beforeFirst, last.balance + last.since)
    }
}
