import ArgumentParser
import Collection
import Foundation
import Statements
import Values
import Workflow

struct Statement: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: String(vi: "Nhập sao kê ngân hàng.", en: "Import bank statements."),
        subcommands: [Import.self]
    )

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Nhập một sao kê, toàn bộ hoặc không gì cả; nhập lại cùng tệp là cùng một lần nhập.",
                en: "Import a statement, whole or not at all; the same file again is the same import."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Tệp sao kê.", en: "The statement's file.")) var file: String
        @Option(help: ArgumentHelp(vi: "Tài khoản của sao kê.", en: "The account of the statement.")) var account:
            String
        @Option(
            help: ArgumentHelp(
                vi: "auto, csv, camt053, camt054, mt940, xlsx, hoặc mẫu của ngân hàng như vietcombank.",
                en: "auto, csv, camt053, camt054, mt940, xlsx, or a bank's layout such as vietcombank."
            )
        ) var format =
            "auto"
        @Option(
            help: ArgumentHelp(
                vi: "Tệp JSON mô tả mẫu bảng của ngân hàng mà khop chưa biết; xem docs/operations.md.",
                en: "A JSON file with the layout of a bank's table that khop does not know; see docs/operations.md."
            )
        )
        var mapping: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

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
                    Terminal.progress(done, of: size, Phrase(vi: "đang nhập", en: "importing"))
                }
            }
            Terminal.answer(
                imported.json,
                asJSON: json,
                text: StatementText.describe(imported)
            )
        }
    }
}

/// An imported statement as text for a terminal.
enum StatementText {
    static func describe(_ imported: StatementImport.Imported) -> String {
        let summary = imported.summary
        var text =
            imported.isRepeated
            ? String(
                vi: "Đã nhập trước đây, là sao kê \(imported.id).\n",
                en: "Imported before, as statement \(imported.id).\n"
            )
            : String(vi: "Sao kê \(imported.id).\n", en: "Statement \(imported.id).\n")
        text +=
            TerminalTable(
                [
                    .number("dòng", "lines"), .number("ghi có (₫)", "credits (₫)"),
                    .number("ghi nợ (₫)", "debits (₫)"), .number("đầu kỳ (₫)", "opening (₫)"),
                    .number("cuối kỳ (₫)", "closing (₫)"),
                ],
                [
                    [
                        String(summary.lines), summary.credits.grouped, summary.debits.grouped,
                        summary.openingBalance?.grouped ?? "–", summary.closingBalance?.grouped ?? "–",
                    ]
                ]
            ).text
        if imported.overlapping > 0 {
            text += String(
                vi: "\(imported.overlapping) dòng đã có từ trước.\n",
                en: "\(imported.overlapping) line(s) were already known.\n"
            )
        }
        if let gap = imported.gap {
            text += String(
                vi: "Số dư đầu kỳ lệch \(gap.formatted) so với cuối kỳ trước: đã mở một vụ việc.\n",
                en:
                    "Its opening balance differs by \(gap.formatted(in: .english)) from the balance carried forward: a case was opened.\n"
            )
        }
        return text
    }
}

struct Reconcile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: String(
            vi: "Đối soát sổ với sao kê đã nhập của một tài khoản, đến hết một ngày.",
            en: "Reconcile the books with the imported statements of an account, through a day."
        )
    )
    @Option(help: ArgumentHelp(vi: "Tài khoản.", en: "The account.")) var account: String
    @Option(
        help: ArgumentHelp(
            vi: "Ngày cuối cùng, DD/MM/YYYY hoặc YYYY-MM-DD.",
            en: "The last day, DD/MM/YYYY or YYYY-MM-DD."
        )
    ) var through: String
    @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

    func run() async throws {
        let day = try Day(option: "--through", through)
        let run = try await Program.withServices { services, _ in
            try await services.reconciliation.run(account: account, through: day, by: Terminal.user)
        }
        Terminal.answer(run.json, asJSON: json, text: Reconcile.describe(run))
    }

    static func describe(_ run: Reconciliation.Run) -> String {
        let rows = Reconciliation.outcomes.map { name in
            [Vocabulary.outcome[name][.ofTerminal], String(run.counts?[name]?.integer ?? 0)]
        }
        return String(
            vi: "Đối soát \(run.id), tài khoản \(run.accountNumber), đến hết ngày \(run.through.formatted)\n",
            en: "Run \(run.id), account \(run.accountNumber), through \(run.through.formatted)\n"
        ) + TerminalTable([.text("kết quả", "outcome"), .number("số lượng", "count")], rows).text
    }
}

struct Ledger: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: String(vi: "Kiểm tra sổ.", en: "Check the books."),
        subcommands: [Verify.self]
    )

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Tính lại mọi số liệu suy ra được; mã thoát 1 nếu có sai lệch.",
                en: "Recompute everything that can be derived; exit code 1 on any difference."
            )
        )
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let findings = try await Program.withServices { services, _ in try await services.ledger.verify() }
            let isOK = findings.allSatisfy(\.ok)
            Terminal.answer(
                [
                    "ok": .bool(isOK),
                    "checks": .array(
                        findings.map {
                            [
                                "name": .string($0.name), "ok": .bool($0.ok),
                                "title": .string($0.title[.ofTerminal]), "detail": .string($0.detail[.ofTerminal]),
                            ]
                        }
                    ),
                ],
                asJSON: json,
                text: TerminalTable(
                    [.text("kiểm tra", "check"), .text("", ""), .text("chi tiết", "detail")],
                    findings.map { [$0.title[.ofTerminal], $0.ok ? "✓" : "✗", $0.detail[.ofTerminal]] }
                ).text
            )
            if !isOK { throw ExitCode(1) }
        }
    }
}
