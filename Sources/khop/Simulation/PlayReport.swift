import BankCallbacks
import Collection
import Values

/// What was played, and what was answered to it.
struct PlayReport {
    private let day: PlayedDay
    private let answers: [BankTeller.Answer]
    private let seed: UInt64
    private let statement: String?

    init(_ day: PlayedDay, _ answers: [BankTeller.Answer], seed: UInt64, statement: String?) {
        (self.day, self.answers, self.seed, self.statement) = (day, answers, seed, statement)
    }

    private struct Line {
        let kind: TransferKind
        let transfers: Int
        let amount: Money
        /// How often each answer came.
        let answers: [(answer: String, count: Int)]
    }

    private var lines: [Line] {
        TransferKind.allCases.compactMap { kind in
            let made = day.transfers.filter { $0.kind == kind }
            guard !made.isEmpty else { return nil }
            var counts: [String: Int] = [:]
            for one in answers where one.kind == kind {
                let status = one.status == 0 ? String(vi: "không trả lời", en: "no answer") : String(one.status)
                counts[[status, one.outcome].compactMap(\.self).joined(separator: " "), default: 0] += 1
            }
            return Line(
                kind: kind,
                transfers: made.count,
                amount: made.reduce(.zero) { $0 + $1.payment.amount },
                answers: counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
            )
        }
    }

    var json: JSON {
        [
            "seed": .string(String(seed)), "statement": .optional(statement),
            "played": .array(
                lines.map { line in
                    [
                        "kind": .string(line.kind.rawValue), "transfers": .integer(line.transfers),
                        "amount": .money(line.amount),
                        "answers": .object(line.answers.map { JSON.Member($0.answer, .integer($0.count)) }),
                    ]
                }
            ),
        ]
    }

    var text: String {
        let rows = lines.map { line in
            [
                line.kind.words[.ofTerminal], String(line.transfers), line.amount.grouped,
                line.answers.map { "\($0.count) × \($0.answer)" }.joined(separator: ", "),
            ]
        }
        let table = TerminalTable(
            [
                .text("loại", "kind"), .number("lần chuyển", "transfers"), .number("số tiền (₫)", "amount (₫)"),
                .text("máy chủ trả lời", "answers"),
            ],
            rows
        ).text
        let next =
            statement.map { path in
                String(
                    vi: "Sao kê: \(path). Tiếp theo: khop statement import \(path), rồi khop reconcile.",
                    en: "The statement: \(path). Next: khop statement import \(path), then khop reconcile."
                )
            }
            ?? String(
                vi: "Thêm --statement TỆP để có sao kê của ngày.",
                en: "Add --statement FILE for the day's statement."
            )
        return table + String(vi: "Hạt giống \(seed). ", en: "Seed \(seed). ") + next + "\n"
    }
}
