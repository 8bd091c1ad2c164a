import Statements
import Values

/// A file as a mapping reads it: its first lines, and what cannot be read.
struct MappingTrialView: Sendable {
    struct Line: Sendable {
        let number: String
        let time: String
        let amount: String
        let side: String
        let balance: String
        let id: String
        let memo: String
    }

    struct Fault: Sendable {
        let place: String
        let reason: String
    }

    let lines: [Line]
    let hasLines: Bool
    let faults: [Fault]
    let hasFaults: Bool
    let hasMoreFaults: Bool
    /// How many lines and sums the whole file has; `nil` of one that is not read to its end.
    let sums: String?

    init(_ trial: MappingTrial, _ word: Wording) {
        lines = trial.lines.map { line in
            Line(
                number: word.number(line.lineNumber),
                time: line.bookedAt.formatted,
                amount: word.money(line.amount),
                side: line.amount > .zero ? word(vi: "có", en: "credit") : word(vi: "nợ", en: "debit"),
                balance: line.balance.map { word.money($0) } ?? "",
                id: line.transactionID ?? "",
                memo: String((line.memo ?? "").prefix(120))
            )
        }
        hasLines = !lines.isEmpty
        faults = trial.faults.map { fault in
            Fault(
                place: word(vi: "Dòng ", en: "Line ") + word.number(fault.line)
                    + (fault.field.isEmpty ? "" : " · " + fault.field),
                reason: (fault.value.isEmpty ? "" : "“\(fault.value)” ") + word[fault.reason]
            )
        }
        hasFaults = !faults.isEmpty
        hasMoreFaults = trial.hasMoreFaults
        sums =
            faults.isEmpty
            ? trial.summary.map { sum in
                let (credits, debits) = (word.money(sum.credits), word.money(sum.debits))
                return word(
                    vi: "\(word.number(sum.lines)) dòng; ghi có \(credits), ghi nợ \(debits).",
                    en: "\(word.number(sum.lines)) lines; credits \(credits), debits \(debits)."
                )
            } : nil
    }
}
