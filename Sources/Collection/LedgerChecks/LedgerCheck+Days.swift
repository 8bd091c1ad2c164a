import Matching
import Postgres
import Values

extension LedgerCheck {
    /// Checks that bank and books of each account differ by what their explanation lists: today, and on the last day of its
    /// statements.
    static func days(_ tx: borrowing Transaction, until today: Day) throws -> Finding {
        var looked = 0
        var differences: [Phrase] = []
        for account in try DayExplanations.accounts(tx) {
            let last = try tx.query("select max(last_day) from statement where account_number = \(account)").row()
                .get(0, as: Day?.self)
            for day in Set([today, last ?? today]) {
                looked += 1
                let residual = try DayExplanations.read(account, day, limit: 0, tx).residual
                guard residual != .zero else { continue }
                differences.append(
                    Phrase(
                        vi: "tài khoản \(account), ngày \(day.formatted): còn \(residual.formatted) chưa giải thích",
                        en: "account \(account), \(day.formatted): \(residual.formatted(in: .english)) is unexplained"
                    )
                )
            }
        }
        return Finding(
            name: "days_are_explained",
            title: Phrase(
                vi: "chênh lệch ngân hàng và sổ giải thích về 0",
                en: "differences of bank and books are explained"
            ),
            ok: differences.isEmpty,
            detail: differences.isEmpty
                ? Phrase(vi: "\(looked) ngày của các tài khoản khớp", en: "\(looked) days of accounts agree")
                : describe(Array(differences.prefix(5)), others: max(0, differences.count - 5))
        )
    }
}
