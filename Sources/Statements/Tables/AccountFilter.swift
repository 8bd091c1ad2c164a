import Values

/// Takes from a table that has the lines of several accounts those of the one asked for.
struct AccountFilter {
    /// Whether the lines that follow are of another account.
    private(set) var isSkipping = false
    private(set) var skippedLines = 0
    private var others: [String] = []

    /// The table names the account of the lines that follow.
    mutating func begin(_ account: String, row: Int, _ tally: inout StatementTally) {
        isSkipping = !admits(account, row: row, &tally)
    }

    /// Whether a row with this account is one of the account asked for.
    mutating func admits(_ account: String, row: Int, _ tally: inout StatementTally) -> Bool {
        guard tally.options.isAccepted(account: account) else {
            note(account)
            return false
        }
        guard let known = tally.summary.account else {
            tally.summary.account = account
            return true
        }
        guard tally.options.account == nil || tally.options.acceptsForeign,
            StatementOptions.normalised(known) != StatementOptions.normalised(account)
        else { return true }
        tally.fault(
            row,
            "account",
            account,
            Phrase(
                vi: "là tài khoản thứ hai trong một tệp, sau \(known): hãy nêu tài khoản cần đọc",
                en: "is a second account in one file, after \(known): say which one to read"
            )
        )
        return true
    }

    mutating func note(_ account: String) {
        if !others.contains(account), others.count < 20 { others.append(account) }
    }

    mutating func skipLine() { skippedLines += 1 }

    /// Reports a file without the account asked for, or notes what was passed over.
    mutating func finish(_ tally: inout StatementTally, row: Int) {
        guard !others.isEmpty else { return }
        let list = others.joined(separator: ", ")
        guard tally.summary.account != nil || tally.summary.lines > 0 else {
            let asked = tally.options.account ?? ""
            tally.fault(
                row,
                "account",
                list,
                Phrase(
                    vi: "tệp là của tài khoản \(list), không phải \(asked)",
                    en: "the file is of \(list), not of \(asked)"
                )
            )
            tally.foreign.append(.account(list))
            tally.summary.account = others.first
            return
        }
        guard skippedLines > 0 else { return }
        tally.summary.notes.append(
            Phrase(
                vi: "Đã bỏ qua \(skippedLines) dòng của tài khoản khác: \(list).",
                en: "\(skippedLines) lines of other accounts were passed over: \(list)."
            )
        )
    }
}
