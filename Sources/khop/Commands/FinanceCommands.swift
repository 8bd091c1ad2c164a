import ArgumentParser
import Collection
import Foundation
import Statements
import Values

struct Statement: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Import bank statements.", subcommands: [Import.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import a statement, whole or not at all; the same file again is the same import."
        )
        @Argument(help: "The statement's file.") var file: String
        @Option(help: "The account it is of.") var account: String
        @Option(help: "auto, csv, camt053, camt054, mt940, xlsx, or a bank's layout such as vietcombank.") var format =
            "auto"
        @Option(help: "A JSON file with the layout of a bank's table that khop does not know; see docs/operations.md.")
        var mapping: String?
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let size = FileHandle(forReadingAtPath: file).map { Int(lseek($0.fileDescriptor, 0, SEEK_END)) } ?? 0
            let layout = try mapping.map { try Settings.mapping(file: $0) }
            let imported = try await Program.withServices { services, _ in
                try await services.statements.importFile(
                    path: file,
                    account: account,
                    format: format,
                    mapping: layout,
                    by: Terminal.user
                ) { done in
                    Terminal.progress(done, of: size, "importing")
                }
            }
            let summary = imported.summary
            Terminal.answer(
                imported.json,
                asJSON: json,
                (imported.isRepeated
                    ? "Imported before, as statement \(imported.id).\n" : "Statement \(imported.id).\n")
                    + TextTable.render(
                        [
                            ["lines", "credits (₫)", "debits (₫)", "opening (₫)", "closing (₫)"],
                            [
                                String(summary.lines), summary.credits.grouped, summary.debits.grouped,
                                summary.openingBalance?.grouped ?? "–", summary.closingBalance?.grouped ?? "–",
                            ],
                        ],
                        leftAligned: []
                    )
                    + (imported.overlapping > 0 ? "\(imported.overlapping) line(s) were known already.\n" : "")
                    + (imported.gap.map {
                        "It begins \($0.formatted) away from where the one before it ended: a case was opened.\n"
                    } ?? "")
            )
        }
    }
}

struct Reconcile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prove the books against the imported statements of an account, through a day."
    )
    @Option(help: "The account.") var account: String
    @Option(help: "The last day to look at, YYYY-MM-DD.") var through: String
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
        let day = try Day(option: "--through", through)
        let run = try await Program.withServices { services, _ in
            try await services.reconciliation.run(account: account, through: day, by: Terminal.user)
        }
        Terminal.answer(run.json, asJSON: json, Reconcile.describe(run))
    }

    static func describe(_ run: Reconciliation.Run) -> String {
        let meaning = [
            "matched": "Khớp với thông báo / proved by its line",
            "recovered": "Thu hồi từ sao kê / settled from the line",
            "grouped": "Gộp / one payout line", "amount_mismatch": "Lệch số tiền / other amount",
            "duplicate_line": "Trùng / the same again", "unmatched": "Không rõ / belongs nowhere yet",
            "missing_at_bank": "Ngân hàng chưa báo có / missing at the bank",
            "cases_opened": "Hồ sơ xử lý mới / cases opened",
        ]
        let rows = Reconciliation.outcomes.map { [$0, String(run.counts?[$0]?.integer ?? 0), meaning[$0] ?? ""] }
        return "Run \(run.id), account \(run.accountNumber), through \(run.through)\n"
            + TextTable.render([["outcome", "count", ""]] + rows, leftAligned: [0, 2])
    }
}

struct Ledger: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Check the books.", subcommands: [Verify.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Recompute everything that can be derived; exit 1 on any difference."
        )
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let findings = try await Program.withServices { services, _ in try await services.ledger.verify() }
            let isOK = findings.allSatisfy(\.ok)
            Terminal.answer(
                [
                    "ok": .bool(isOK),
                    "checks": .array(
                        findings.map { ["name": .string($0.name), "ok": .bool($0.ok), "detail": .string($0.detail)] }
                    ),
                ],
                asJSON: json,
                TextTable.render(
                    [["check", "", "detail"]] + findings.map { [$0.name, $0.ok ? "✓" : "✗", $0.detail] },
                    leftAligned: [0, 1, 2]
                )
            )
            if !isOK { throw ExitCode(1) }
        }
    }
}
