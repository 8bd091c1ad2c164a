import ArgumentParser
import Collection
import Values
import Workflow

struct Reconcile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: String(
            vi: "Đối soát sổ với sao kê đã nhập của một tài khoản, đến hết một ngày.",
            en: "Reconcile the books with the imported statements of an account, through a day."
        ),
        discussion: String(
            vi: "--dry-run cho biết sẽ có kết quả gì mà không ghi gì và không làm ai phải chờ.",
            en: "--dry-run says what the results would be, without writing anything and without anybody waiting for it."
        )
    )
    @Option(help: ArgumentHelp(vi: "Tài khoản.", en: "The account.")) var account: String
    @Option(
        help: ArgumentHelp(
            vi: "Ngày cuối cùng, DD/MM/YYYY hoặc YYYY-MM-DD.",
            en: "The last day, DD/MM/YYYY or YYYY-MM-DD."
        )
    ) var through: String
    @Flag(help: ArgumentHelp(vi: "Chỉ thử, không ghi gì.", en: "Rehearse it and write nothing.")) var dryRun = false
    @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

    func run() async throws {
        let day = try Day(option: "--through", through)
        if dryRun {
            let rehearsal = try await Program.withServices { services, _ in
                try await services.reconciliation.rehearse(account: account, through: day)
            }
            return Terminal.answer(rehearsal.json, asJSON: json, text: Reconcile.describe(rehearsal))
        }
        let (run, warnings) = try await Program.withServices { services, settings in
            let person = try await Program.actor(services, settings)
            let run = try await services.reconciliation.run(account: account, through: day, by: person)
            return (run, try await services.statementRecords.warnings(ofRun: run.id))
        }
        let told = JSON.Member("warnings", .array(warnings.map { $0.warning(in: .ofTerminal) }))
        Terminal.answer(.object((run.json.members ?? []) + [told]), asJSON: json, text: Reconcile.describe(run))
        Terminal.warn(warnings)
    }

    static func describe(_ run: Reconciliation.Run) -> String {
        String(
            vi: "Đối soát \(run.id), tài khoản \(run.accountNumber), đến hết ngày \(run.through.formatted)\n",
            en: "Run \(run.id), account \(run.accountNumber), through \(run.through.formatted)\n"
        ) + table(run.counts)
    }

    private static func describe(_ rehearsal: Reconciliation.Rehearsal) -> String {
        let (account, day) = (rehearsal.accountNumber, rehearsal.through.formatted)
        return String(
            vi: "Đối soát thử, tài khoản \(account), đến hết ngày \(day): chưa ghi gì\n",
            en: "Dry run, account \(account), through \(day): nothing was written\n"
        ) + table(rehearsal.counts)
    }

    private static func table(_ counts: JSON?) -> String {
        let rows = Reconciliation.outcomes.map { name in
            [Vocabulary.outcome[name][.ofTerminal], String(counts?[name]?.integer ?? 0)]
        }
        return TerminalTable([.text("kết quả", "outcome"), .number("số lượng", "count")], rows).text
    }
}
