import ArgumentParser
import Collection
import Values
import Workflow

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
        let (run, warnings) = try await Program.withServices { services, _ in
            let run = try await services.reconciliation.run(account: account, through: day, by: Terminal.user)
            return (run, try await services.statementRecords.warnings(ofRun: run.id))
        }
        let told = JSON.Member("warnings", .array(warnings.map { $0.warning(in: .ofTerminal) }))
        Terminal.answer(.object((run.json.members ?? []) + [told]), asJSON: json, text: Reconcile.describe(run))
        Terminal.warn(warnings)
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
