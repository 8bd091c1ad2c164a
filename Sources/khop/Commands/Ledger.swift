import ArgumentParser
import Collection
import Values
import Workflow

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
