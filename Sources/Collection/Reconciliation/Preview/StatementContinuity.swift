import Matching
import Postgres
import Statements
import Values
import Workflow

/// Whether a file's opening balance follows from the statements that are there.
struct StatementContinuity: Sendable {
    /// The balance carried forward; `nil` if there is none to compare with.
    let expected: Money?
    /// The file's opening balance, if it states or implies one.
    let found: Money?

    /// Opening balance minus the balance carried forward; `nil` if one of them is missing.
    var gap: Money? {
        guard let expected, let found else { return nil }
        return found - expected
    }

    /// Whether nothing contradicts it; also if there is nothing to compare with.
    var follows: Bool { gap ?? .zero == .zero }

    /// By the same judgement as that of an import; the file is the latest of the account's statements.
    static func read(_ account: String, _ summary: StatementSummary, _ tx: borrowing Transaction) throws
        -> StatementContinuity
    {
        guard let first = summary.firstDay, let last = summary.lastDay, let opening = summary.openingBalance else {
            return StatementContinuity(expected: nil, found: summary.openingBalance)
        }
        let file = StatementGaps.Statement(
            id: .max,
            firstDay: first,
            lastDay: last,
            opening: opening,
            closing: summary.closingBalance
        )
        let gaps = StatementGaps(new: file.id, statements: try StatementGaps.statements(account, tx) + [file])
        let judgements = gaps.judgements(try StatementGaps.lines(account, gaps, tx))
        let expected = judgements.first { $0.statementID == file.id }?.expected
        return StatementContinuity(expected: expected ?? (gaps.isLed(file.id) ? opening : nil), found: opening)
    }

    func sentence(in language: Language) -> String {
        switch (found, expected) {
        case (let found?, let expected?) where found != expected:
            Reason.statementGap(found: found, expected: expected).sentence(in: language)
        case (let found?, .some):
            Phrase(
                vi: "Số dư đầu kỳ \(found.formatted) nối tiếp đúng các sao kê đã có.",
                en: "The opening balance \(found.formatted(in: .english)) follows from the statements that are there."
            )[language]
        case (.some, nil):
            Phrase(
                vi: "Trước kỳ này chưa có số dư nào để đối chiếu số dư đầu kỳ.",
                en: "No balance is known before this period that the opening balance could be compared with."
            )[language]
        case (nil, _):
            Phrase(
                vi: "Tệp không nêu số dư nên không biết có nối tiếp các sao kê đã có hay không.",
                en: "The file states no balance, so it is not known whether it follows from the statements before it."
            )[language]
        }
    }

    func json(in language: Language) -> JSON {
        [
            "follows": .bool(follows), "expected": expected.map { .money($0) } ?? .null,
            "found": found.map { .money($0) } ?? .null, "gap": gap.map { .money($0) } ?? .null,
            "sentence": .string(sentence(in: language)),
        ]
    }
}
