import Casework
import FeeSchedule
import Identity
import Values
import Workflow

@testable import Collection
@testable import Matching

extension Sample {
    static func statement(_ number: Int64) -> StoredStatement {
        StoredStatement(
            id: number,
            account: account,
            bank: "970436",
            fileName: "sao-ke-<11>.csv",
            format: "khop-csv",
            lines: 12,
            credits: Money(1_200_000),
            debits: Money(50_000),
            openingBalance: Money(10_000_000),
            closingBalance: Money(11_150_000),
            firstDay: day.previous,
            lastDay: day,
            overlapping: 2,
            gap: .zero,
            importedAt: ago(hours: 2),
            importedBy: "Lê Thị Mai",
            isFeed: false,
            forced: nil,
            undone: nil,
            awaitingConfirmation: 1
        )
    }

    static let shownStatement = ShownStatement(
        statement: statement(3),
        outcomes: [
            LineCount(outcome: "matched", isCredit: true, lines: 9),
            LineCount(outcome: "unmatched", isCredit: true, lines: 2),
            LineCount(outcome: "awaiting_confirmation", isCredit: true, lines: 1),
        ],
        awaiting: AwaitingRecoveries(
            lines: 1,
            total: Money(20_000),
            items: [
                AwaitingRecoveries.Item(
                    lineID: 44,
                    number: 7,
                    bookedAt: ago(hours: 20),
                    amount: Money(20_000),
                    transactionID: "FT44",
                    memo: "nop le phi <H44>",
                    counterpartyName: "TRAN VAN NAM",
                    payments: [
                        AwaitingRecoveries.Payment(
                            requestID: id(1).text,
                            reference: reference,
                            dossierCode: "H44-26-0001",
                            amount: Money(20_000)
                        )
                    ]
                )
            ]
        )
    )

    /// A file that is imported already, and one with a fault.
    static let previews: [StatementPreview] = {
        var broken = StatementPreview(stored: statement(3))
        (broken.statementID, broken.new) = (nil, nil)
        broken.faults = [
            StatementPreview.Fault(
                line: 4,
                column: "amount",
                code: "not_a_number",
                reason: Phrase(vi: "“1.0.0” không phải là số", en: "“1.0.0” is not a number")
            )
        ]
        return [StatementPreview(stored: statement(3)), broken]
    }()

    static let days = [
        StatementDays(
            account: account,
            days: (0..<5).map { number in
                StatementDays.Day(
                    day: day.adding(days: number - 4),
                    hasStatement: number != 1,
                    isSigned: number == 0 || number == 2,
                    isCountersigned: number == 0,
                    openCases: number == 3 ? 2 : 0
                )
            }
        )
    ]

    static let accounts = [
        Overview.Account(
            number: account,
            bankBIN: "970436",
            name: "TT PHUC VU HCC",
            lastCallbackAt: ago(hours: 1),
            statementsThrough: day.adding(days: -3),
            receivedToday: Money(1_250_000),
            paymentsToday: 61,
            openCases: 4,
            unsignedDays: 2,
            firstUnsigned: day.previous
        )
    ]

    static let groups = [
        Overview.CaseGroup(
            kind: .unmatched,
            count: 12,
            awaiting: 3,
            overdue: 1,
            amount: Money(640_000),
            oldestAt: ago(hours: 75)
        )
    ]

    static let overview: Overview = {
        var waiting = Overview.Waiting()
        (waiting.proposals, waiting.refundsToApprove, waiting.daysToCountersign) = (3, 1, 2)
        (waiting.overdueCases, waiting.openCases, waiting.daysToSign) = (1, 86, 4)
        return Overview(day: day, accounts: accounts, groups: groups, waiting: waiting)
    }()

    private static let difference = DayDifference.Item(
        .repeatedLine(17, transaction: "FT123", amount: Money(25_000)),
        Money(-25_000),
        on: day,
        line: 17,
        statement: 3,
        request: id(1),
        detail: "FT123"
    )

    static let explanation = DayExplanation(
        accountNumber: account,
        day: day,
        bank: Money(11_150_000),
        books: Money(11_125_000),
        items: [difference]
    )

    /// The record of the day: not signed, signed by one, changed since and signed by two.
    static func record(signatures: Int) -> ReconciliationReport {
        var report = ReconciliationReport(
            accountNumber: account,
            day: day,
            opening: Money(10_000_000),
            closing: Money(11_150_000),
            statedClosing: Money(11_150_000),
            groups: [
                ReconciliationReport.Group(isCredit: true, outcome: "matched", count: 9, amount: Money(1_150_000)),
                ReconciliationReport.Group(isCredit: false, outcome: "unmatched", count: 1, amount: Money(50_000)),
            ],
            books: Money(11_125_000),
            items: [difference],
            awaiting: (1, Money(20_000)),
            openCases: 4,
            casesOpened: [["id": 12, "kind": "unmatched", "amount": 25_000]],
            casesClosed: [],
            runs: [],
            generatedAt: now
        )
        guard signatures > 0 else { return report }
        var signed = report.content
        signed = .object(
            (signed.members ?? []).map { $0.name == "books_balance" ? .init($0.name, 11_000_000) : $0 }
        )
        report.signOff = ("Lê Thị Mai", ago(hours: 3), signed)
        report.signer = "person:x"
        guard signatures > 1 else { return report }
        report.countersigned = ReconciliationReport.Countersignature(
            by: "Trần Văn Nam",
            at: ago(hours: 1),
            changes: 1,
            note: "FT9 đến muộn"
        )
        return report
    }
}
