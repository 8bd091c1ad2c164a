import BankCallbacks
import Console
import Statements
import Testing
import Values

@testable import Collection

extension SamplePages {
    /// The lab for callbacks, and the bank to play with of a test installation.
    static func trials(_ language: Language) throws -> [Named] {
        let typed = ["as": "profile:vnpay", "message": "POST /x <script>\"", "account": "080", "at": "hôm <qua>"]
        let report = try #require(try Sample.examined(isSeen: true).report)
        let record = LabRecord(
            report,
            connection: "vcb",
            hash: String(repeating: "0f", count: 32),
            bytes: 250,
            checkedAt: Sample.now,
            by: "Bình <b>"
        )
        let choice = TestBankPage.Choice(
            name: "vcb",
            profile: "standard",
            account: Sample.account,
            open: "3 …",
            isChosen: true
        )
        let line = TestBankPage.Play.Line(
            kind: TransferKind.twice.words[language],
            transfers: "3",
            amount: "75.000 ₫",
            answers: "3 × 200 settled, 3 × 200 <duplicate>"
        )
        let ended = TestBankPage.Play(heading: "vcb <1>", told: 6, total: 6, isGoing: false, lines: [line])
        let going = TestBankPage.Play(heading: "vcb", told: 2, total: 6, isGoing: true, lines: [])
        let layouts = Array(StatementMapping.builtIn.prefix(2))
        let account = TestBankPage.Account(number: Sample.account, words: "\(Sample.account): 3", layouts: layouts)
        return [
            ("lab", LabPage([Sample.connection], kept: typed, fault: "<x>", in: language, now: Sample.now)),
            ("lab-report", LabReportPage(record, path: "/console/lab/token", in: language, now: Sample.now)),
            (
                "connection-key",
                ConnectionPage(Sample.signs(of: Sample.keyed), refused: [], next: nil, in: language, now: Sample.now)
            ),
            ("test-bank-none", TestBankPage([], plays: [], accounts: [], in: language)),
            (
                "test-bank",
                TestBankPage([choice], plays: [going, ended], accounts: [account], fault: "<x>", in: language)
            ),
        ]
    }
}
