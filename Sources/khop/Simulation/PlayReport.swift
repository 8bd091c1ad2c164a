import BankCallbacks
import Collection
import Server
import Values

/// What was played, and what was answered to it, for the terminal.
struct PlayReport {
    private let tally: PlayTally
    private let seed: UInt64
    private let statement: String?

    init(_ tally: PlayTally, seed: UInt64, statement: String?) {
        (self.tally, self.seed, self.statement) = (tally, seed, statement)
    }

    private static func words(_ answer: (status: Int, outcome: String?, count: Int)) -> String {
        let status = answer.status == 0 ? String(vi: "không trả lời", en: "no answer") : String(answer.status)
        return [status, answer.outcome].compactMap(\.self).joined(separator: " ")
    }

    var json: JSON {
        [
            "seed": .string(String(seed)), "statement": .optional(statement),
            "played": .array(
                tally.lines.map { line in
                    [
                        "kind": .string(line.kind.rawValue), "transfers": .integer(line.transfers),
                        "amount": .money(line.amount),
                        "answers": .object(line.answers.map { JSON.Member(PlayReport.words($0), .integer($0.count)) }),
                    ]
                }
            ),
        ]
    }

    var text: String {
        let rows = tally.lines.map { line in
            [
                line.kind.words[.ofTerminal], String(line.transfers), line.amount.grouped,
                line.answers.map { "\($0.count) × \(PlayReport.words($0))" }.joined(separator: ", "),
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
