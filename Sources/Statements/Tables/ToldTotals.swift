import Values

/// The account, balances and totals stated in the cells around a table.
struct ToldTotals {
    private var account: String?
    private var amounts: [StatementMapping.Label: Money] = [:]
    private var rows: [StatementMapping.Label: Int] = [:]

    /// Reads the values stated in a row; returns whether there were any.
    ///
    /// - Parameter isAbove: whether the row is above the table; the account is read only there.
    @discardableResult
    mutating func read(_ cells: [TableCell], _ mapping: StatementMapping, _ row: Int, isAbove: Bool) -> Bool {
        let amount = TableAmount(thousands: mapping.thousands, decimals: mapping.decimals)
        var toldAnything = false
        for (index, cell) in cells.enumerated() where !cell.isEmpty {
            let folded = StatementMapping.folded(cell.text)
            for (label, texts) in mapping.labels
            where (isAbove || label != .account) && texts.contains(where: { folded.hasPrefix($0) }) {
                toldAnything = true
                let next = cells[(index + 1)...].filter { !$0.isEmpty }
                let afterColon =
                    cell.text.firstIndex(of: ":").map { cell.text[cell.text.index(after: $0)...].trimmed } ?? ""
                if label == .account {
                    account =
                        account ?? Self.account(afterColon) ?? next.lazy.compactMap { Self.account($0.text) }.first
                    continue
                }
                let value = amount.first(in: afterColon) ?? next.lazy.compactMap { amount.parse($0) }.first
                // A page's opening balance is the statement's only on the first page, its closing balance only on the
                // last.
                guard let value, label != .opening || amounts[.opening] == nil else { continue }
                amounts[label] = value
                rows[label] = row
            }
        }
        return toldAnything
    }

    /// Finds the first word that contains digits, possibly with letters, dots or dashes.
    private static func account(_ text: String) -> String? {
        let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) && $0 != "-" && $0 != "." }
        return words.first { $0.count { $0.isNumber } >= 6 }.map(String.init)
    }

    /// Holds the account that was told to the one asked for.
    func checkAccount(_ tally: inout StatementTally, row: Int) {
        guard let account else { return }
        tally.summary.account = account
        guard !tally.options.isAccepted(account: account) else { return }
        tally.fault(
            row,
            "account",
            account,
            Phrase(
                vi: "tệp là của tài khoản \(account), không phải \(tally.options.account ?? "")",
                en: "the file is of \(account), not of \(tally.options.account ?? "")"
            )
        )
        tally.foreign.append(.account(account))
    }

    /// Checks the lines against the stated totals, and the account against the required one.
    func check(_ tally: inout StatementTally, row: Int) {
        guard tally.faults.isEmpty else { return }
        let implied = tally.impliedBalances
        let summary = tally.summary
        let sum = summary.credits - summary.debits
        func hold(_ label: StatementMapping.Label, _ found: Money?, _ what: String) {
            guard let told = amounts[label], let found, told != found else { return }
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
        hold(.credits, summary.credits, "sum of credits")
        hold(.debits, summary.debits, "sum of debits")
        tally.summary.openingBalance = amounts[.opening] ?? implied.opening ?? amounts[.closing].map { $0 - sum }
        tally.summary.closingBalance = amounts[.closing] ?? implied.closing ?? amounts[.opening].map { $0 + sum }
    }
}
