import BankCallbacks
import Console
import Matching
import Values
import Workflow

@testable import Collection

extension SamplePages {
    private static func file(_ id: Int64, _ day: Day, open: Int64, isLast: Bool = true) -> PlatformFileRecord {
        PlatformFileRecord(
            id: id,
            connection: "dvc",
            accountNumber: Sample.account,
            day: day,
            turn: isLast ? 2 : 1,
            isLast: isLast,
            name: "doi-soat <\(day)>.txt",
            rows: 3,
            total: Money(1_250_000),
            importedAt: Sample.ago(hours: 3),
            importedBy: "Bình <b>",
            openCases: open,
            connectionID: 7
        )
    }

    private static var findings: [PlatformFinding] {
        let code = "RF12ABCDEFGHJKMN0000"
        func finding(_ row: Int?, _ verdict: PlatformFinding.Verdict, _ reason: Reason) -> PlatformFinding {
            PlatformFinding(
                row: row,
                code: code,
                transaction: "2611",
                amount: Money(10_000),
                verdict: verdict,
                reason: reason
            )
        }
        return [
            finding(1, .agrees, .platformAgrees("2611", amount: Money(10_000))),
            finding(2, .waits, .platformBankAwaited("2611", amount: Money(10_000))),
            finding(3, .differs, .platformRowUnknown("<script>", amount: Money(10_000))),
            finding(nil, .differs, .platformRowMissing("2611", amount: Money(10_000), Sample.day)),
        ]
    }

    /// The files of the national payment platform.
    static func platform(_ language: Language) -> [Named] {
        let waiting = PlatformPayments.Waiting(
            attempts: 4,
            silent: 1,
            since: Sample.ago(hours: 5),
            error: "HTTP 502 <html>"
        )
        let nothing = PlatformPayments.Waiting(attempts: 0, silent: 0, since: nil, error: nil)
        let shown = PlatformFileShown(
            file: file(9, Sample.day, open: 2),
            findings: findings,
            rows: [],
            times: [:]
        )
        let replaced = PlatformFileShown(
            file: file(8, Sample.day, open: 0, isLast: false),
            findings: [],
            rows: [],
            times: [:]
        )
        return [
            (
                "platform-files",
                PlatformFilesPage(
                    [file(9, Sample.day, open: 2), file(8, Sample.day, open: 0, isLast: false)],
                    waiting: waiting,
                    next: 8,
                    connections: ["dvc", "dvc-<2>"],
                    typed: ("dvc-<2>", "2026-11-<20>", "tệp <hỏng>"),
                    in: language,
                    now: Sample.now
                )
            ),
            (
                "platform-files-none",
                PlatformFilesPage([], waiting: nothing, next: nil, in: language, now: Sample.now)
            ),
            ("platform-file", PlatformFilePage(shown, for: Sample.caller, in: language, now: Sample.now)),
            (
                "platform-file-preview",
                PlatformFilePage(shown, for: Sample.caller, preview: "token", in: language, now: Sample.now)
            ),
            (
                "platform-file-new",
                PlatformFilePage(shown, for: Sample.caller, isNew: true, in: language, now: Sample.now)
            ),
            ("platform-file-replaced", PlatformFilePage(replaced, for: Sample.caller, in: language, now: Sample.now)),
        ]
    }
}
