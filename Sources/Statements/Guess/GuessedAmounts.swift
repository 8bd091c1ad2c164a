import Values

/// Which columns of a table are its amounts, found out from whether the balances follow.
struct GuessedAmounts {
    var columns: [StatementMapping.Column: Int] = [:]
    var debitSign = StatementMapping.DebitSign.positive
    /// Whether the balances, or the balances told around the table, prove it.
    var isProven = false

    /// - Parameters:
    ///   - money: the columns whose cells are amounts, by their positions.
    ///   - told: the balances told above and below the table.
    ///   - debits: the columns of marks, with what each line is.
    init(
        _ money: [Int: [Money]],
        told: (opening: Money?, closing: Money?),
        headings: [Int: String],
        debits: [Int: [Bool]] = [:]
    ) {
        // A statement has a handful, and every pair of them is tried.
        let few = Set(money.keys.sorted().prefix(10))
        let money = money.filter { few.contains($0.key) }
        if let found = Self.byMarks(money, debits) {
            self = found
            return
        }
        if let found = Self.byBalance(money) ?? Self.byToldBalances(money, told) {
            self = found
            return
        }
        guard let pair = Self.exclusivePair(money) else {
            if money.count == 1, let only = money.keys.first { columns = [.amount: only] }
            return
        }
        // Nothing but the words of the headings tells a debit from a credit.
        let isTurned = Self.isCredit(headings[pair.0] ?? "") || Self.isDebit(headings[pair.1] ?? "")
        columns = isTurned ? [.debit: pair.1, .credit: pair.0] : [.debit: pair.0, .credit: pair.1]
        debitSign = Self.sign(money[columns[.debit] ?? 0] ?? [])
    }

    private init(_ columns: [StatementMapping.Column: Int], _ sign: StatementMapping.DebitSign) {
        self.columns = columns
        debitSign = sign
        isProven = true
    }

    private static func sign(_ debits: [Money]) -> StatementMapping.DebitSign {
        debits.contains { $0 < .zero } ? .negative : .positive
    }

    static func isDebit(_ heading: String) -> Bool { has(heading, ["nợ", "debit", "withdraw", "rút", "giảm", "dr"]) }
    static func isCredit(_ heading: String) -> Bool { has(heading, ["có", "credit", "deposit", "gửi", "tăng"]) }

    private static func has(_ heading: String, _ words: [String]) -> Bool {
        let lower = heading.lowercased()
        return words.contains { lower.contains($0) }
    }

    // MARK: Proofs

    /// An amount whose direction stands in a column of marks: proven where the balances follow, else the only amount there is.
    private static func byMarks(_ money: [Int: [Money]], _ debits: [Int: [Bool]]) -> GuessedAmounts? {
        for sign in debits.keys.sorted() {
            let marks = debits[sign] ?? []
            let amounts = money.filter { place, amounts in place != sign && amounts.allSatisfy { $0 > .zero } }
            for amount in amounts.keys.sorted() {
                let signed = zip(amounts[amount] ?? [], marks).map { $1 ? Money.zero - $0 : $0 }
                for balance in money.keys.sorted().reversed() where balance != amount && balance != sign {
                    guard let balances = money[balance], balances.count > 1, Set(balances).count > 1,
                        follows(balances, signed)
                    else { continue }
                    return GuessedAmounts([.balance: balance, .amount: amount, .sign: sign], .positive)
                }
            }
            guard money.count(where: { $0.key != sign }) == 1, let only = amounts.keys.first, Set(marks).count == 2
            else { continue }
            var found = GuessedAmounts([.amount: only, .sign: sign], .positive)
            found.isProven = false
            return found
        }
        return nil
    }

    /// The columns with which every balance follows from the one before it.
    private static func byBalance(_ money: [Int: [Money]]) -> GuessedAmounts? {
        let places = money.keys.sorted()
        for balance in places.reversed() {
            let others = places.filter { $0 != balance }
            guard let balances = money[balance], balances.count > 1, Set(balances).count > 1 else { continue }
            for amount in others {
                if follows(balances, money[amount] ?? []) {
                    return GuessedAmounts([.balance: balance, .amount: amount], .positive)
                }
            }
            for (debit, credit) in pairs(others) {
                let rest = others.filter { $0 != debit && $0 != credit }
                for kept in [[]] + rest.map({ [$0] }) + subsets(rest) {
                    if let found = sides(money, balance, debit, credit, kept) { return found }
                }
            }
        }
        return nil
    }

    private static func subsets(_ places: [Int]) -> [[Int]] {
        pairs(places).filter { $0.0 < $0.1 }.map { [$0.0, $0.1] }
    }

    private static func pairs(_ places: [Int]) -> [(Int, Int)] {
        places.flatMap { left in places.filter { $0 != left }.map { (left, $0) } }
    }

    private static func sides(
        _ money: [Int: [Money]],
        _ balance: Int,
        _ debit: Int,
        _ credit: Int,
        _ kept: [Int]
    ) -> GuessedAmounts? {
        guard let balances = money[balance], let debits = money[debit], let credits = money[credit],
            credits.allSatisfy({ $0 >= .zero }), zip(debits, credits).allSatisfy({ $0 == .zero || $1 == .zero }),
            debits.contains(where: { $0 != .zero }), credits.contains(where: { $0 != .zero })
        else { return nil }
        let isNegative = debits.contains { $0 < .zero }
        let amounts = balances.indices.map { row in
            let out = debits[row] + kept.reduce(Money.zero) { $0 + (money[$1]?[row] ?? .zero) }
            return isNegative ? credits[row] + out : credits[row] - out
        }
        guard follows(balances, amounts) else { return nil }
        var columns: [StatementMapping.Column: Int] = [.balance: balance, .debit: debit, .credit: credit]
        for (column, place) in zip([StatementMapping.Column.fee, .tax], kept) { columns[column] = place }
        return GuessedAmounts(columns, isNegative ? .negative : .positive)
    }

    /// Whether each balance is the one before it and the line's amount, oldest or newest first.
    private static func follows(_ balances: [Money], _ amounts: [Money]) -> Bool {
        guard balances.count == amounts.count, amounts.allSatisfy({ $0 != .zero }) else { return false }
        let steps = 1..<balances.count
        return steps.allSatisfy { balances[$0] == balances[$0 - 1] + amounts[$0] }
            || steps.allSatisfy { balances[$0 - 1] == balances[$0] + amounts[$0 - 1] }
    }

    /// Two columns of which each line has one, and whose difference leads from the opening to the closing balance.
    private static func byToldBalances(_ money: [Int: [Money]], _ told: (opening: Money?, closing: Money?))
        -> GuessedAmounts?
    {
        guard let pair = exclusivePair(money), let opening = told.opening, let closing = told.closing,
            opening != closing
        else { return nil }
        let (first, second) = ((money[pair.0] ?? []).total(), (money[pair.1] ?? []).total())
        if closing - opening == second - first { return GuessedAmounts([.debit: pair.0, .credit: pair.1], .positive) }
        if closing - opening == first - second { return GuessedAmounts([.debit: pair.1, .credit: pair.0], .positive) }
        return nil
    }

    /// The first two columns of which every line has exactly one.
    private static func exclusivePair(_ money: [Int: [Money]]) -> (Int, Int)? {
        let places = money.keys.sorted()
        return pairs(places).first { left, right in
            guard left < right, let first = money[left], let second = money[right] else { return false }
            return zip(first, second).allSatisfy { ($0 == .zero) != ($1 == .zero) }
        }
    }
}
