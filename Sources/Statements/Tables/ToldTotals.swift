import Values

/// The balances and totals stated in the cells around a table.
struct ToldTotals {
    private var amounts: [StatementMapping.Label: Money] = [:]
    private var rows: [StatementMapping.Label: Int] = [:]
    /// Labels of the row above whose values are expected below them.
    private var awaited: [(label: StatementMapping.Label, column: Int)] = []

    /// What a row told.
    struct Told {
        var isAnything = false
        /// The account of the lines below.
        var account: String?
    }

    /// Reads the values stated in a row.
    ///
    /// - Parameters:
    ///   - mayNameAccount: whether the row may name the account of the lines below.
    ///   - isOthers: whether it is about another account than the one asked for.
    mutating func read(
        _ cells: [TableCell],
        _ mapping: StatementMapping,
        _ row: Int,
        mayNameAccount: Bool,
        isOthers: Bool = false
    ) -> Told {
        let amount = TableAmount(thousands: mapping.thousands, decimals: mapping.decimals)
        var told = Told(isAnything: readAwaited(cells, amount, row, isOthers: isOthers))
        for (index, cell) in cells.enumerated() where !cell.isEmpty {
            let folded = StatementMapping.folded(cell.text)
            for (label, texts) in mapping.labels
            where (mayNameAccount || label != .account) && texts.contains(where: { folded.hasPrefix($0) }) {
                if label == .account, Self.isOfOther(folded) { continue }
                told.isAnything = true
                let next = cells[(index + 1)...].filter { !$0.isEmpty }
                let own = Self.ownValue(cell.text)
                if label == .account {
                    told.account =
                        told.account ?? Self.account(own) ?? next.lazy.compactMap { Self.account($0.text) }.first
                    continue
                }
                if mapping.hasValuesBelow { awaited.append((label, index)) }
                let value = amount.first(in: own) ?? next.lazy.compactMap { amount.parse($0) }.first
                if let value, !isOthers { keep(label, value, row) }
            }
        }
        return told
    }

    /// The totals of a row that only has sums.
    mutating func read(totals: (credits: Money, debits: Money), _ row: Int) {
        keep(.credits, totals.credits, row)
        keep(.debits, totals.debits, row)
    }

    private mutating func keep(_ label: StatementMapping.Label, _ value: Money, _ row: Int) {
        // A page's opening balance is the statement's only on the first page, its closing balance only on the last.
        guard label != .opening || amounts[.opening] == nil else { return }
        amounts[label] = value
        rows[label] = row
    }

    /// Reads the values below the labels of the row above; returns whether there were any.
    private mutating func readAwaited(_ cells: [TableCell], _ amount: TableAmount, _ row: Int, isOthers: Bool) -> Bool {
        var found = false
        for (label, column) in awaited where column < cells.count {
            guard let value = amount.parse(cells[column]) else { continue }
            if !isOthers { keep(label, value, row) }
            found = true
        }
        awaited = []
        return found
    }

    /// The part of a cell behind its label: what follows a colon, or else the amount at its end.
    private static func ownValue(_ text: String) -> String {
        if let colon = text.firstIndex(of: ":") { return text[text.index(after: colon)...].trimmed }
        guard let start = text.firstIndex(where: { $0.isNumber || $0 == "-" }) else { return "" }
        // Not a day, nor anything else with digits in it.
        let end = text[start...].trimmed
        return end.contains { "/()".contains($0) } ? "" : end
    }

    /// Whether a label is about an account that the lines are not of.
    private static func isOfOther(_ folded: String) -> Bool {
        let label = folded.prefix { $0 != ":" && !$0.isNumber }
        return ["cũ", "old", "đốiứng", "thụhưởng"].contains { label.contains($0) }
    }

    /// Finds the first word that contains digits, possibly with letters, dots or dashes.
    private static func account(_ text: String) -> String? {
        let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) && $0 != "-" && $0 != "." }
        return words.first { $0.count { $0.isNumber } >= 6 }.map(String.init)
    }

    /// Checks the lines against the stated totals.
    ///
    /// - Parameter sides: the sums of the columns, where the bank keeps fees and taxes of lines; otherwise those of the
    ///   lines are held to what is told.
    func check(_ tally: inout StatementTally, sides: MappedLayout.Sides?, row: Int) {
        guard tally.faults.isEmpty else { return }
        let implied = tally.impliedBalances
        let summary = tally.summary
        let sum = summary.credits - summary.debits
        func hold(_ label: StatementMapping.Label, _ found: Money?, _ what: String) {
            guard let told = amounts[label], let found else { return }
            let isSame = label == .opening || label == .closing ? told == found : told.magnitude == found.magnitude
            guard !isSame else { return }
            tally.fault(
                rows[label] ?? row,
                what,
                told.description,
                Phrase(
                    vi: "khác tổng của các dòng, \(found): tệp có bị cắt hoặc sửa không?",
                    en: "is not what the lines make, \(found): was the file cut or edited?"
                )
            )
        }
        hold(.opening, implied.opening, "opening balance")
        hold(.closing, implied.closing ?? amounts[.opening].map { $0 + sum }, "closing balance")
        hold(.credits, sides?.credit ?? summary.credits, "sum of credits")
        hold(.debits, sides?.debit ?? summary.debits, "sum of debits")
        hold(.fees, sides?.fee, "sum of fees")
        hold(.taxes, sides?.tax, "sum of taxes")
        tally.summary.openingBalance = amounts[.opening] ?? implied.opening ?? amounts[.closing].map { $0 - sum }
        tally.summary.closingBalance = amounts[.closing] ?? implied.closing ?? amounts[.opening].map { $0 + sum }
    }
}

extension Money {
    /// Totals of debits are written with and without their sign.
    fileprivate var magnitude: Money { self < .zero ? -self : self }
}
