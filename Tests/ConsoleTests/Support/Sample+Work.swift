import Casework
import Identity
import Values
import Workflow

@testable import Collection

extension Sample {
    /// A case with everything that a case can have.
    static let file = CaseFile(
        head: problem(12, .unmatched, .awaitingApproval),
        notice: CaseFile.Notice(
            id: 7,
            source: "callback",
            transactionID: "FT123",
            outcome: "unknown_reference",
            amount: Money(25_000),
            occurredAt: ago(hours: 51),
            receivedAt: ago(hours: 50),
            memo: "nop le phi RF18H4426000001B"
        ),
        line: CaseFile.Line(
            id: 9,
            statementID: 3,
            number: 4,
            transactionID: "FT123",
            amount: Money(25_000),
            bookedAt: ago(hours: 51),
            memo: "nop le phi RF18H4426000001B <x>",
            counterpartyName: "TRAN VAN NAM",
            counterpartyAccount: "0011223344"
        ),
        request: CaseFile.Request(
            id: id(1),
            reference: reference,
            dossierCode: "H44-26-0001",
            state: .pending,
            amountDue: Money(25_000),
            amountReceived: .zero,
            amountRefunded: .zero,
            expiresAt: day.next.start
        ),
        earlier: [
            CaseFile.Earlier(
                id: 5,
                kind: .late,
                state: .resolved,
                amount: Money(25_000),
                openedAt: ago(hours: 400),
                action: "accept"
            )
        ],
        proposal: waiting,
        refunds: [CaseFile.RefundOfCase(id: id(30), state: .requested, amount: Money(5000))],
        suggestions: [suggestion],
        history: [
            CaseFile.Entry(event: "opened", by: "system", at: ago(hours: 50), detail: [:]),
            CaseFile.Entry(event: "noted", by: "Lê Thị Mai", at: ago(hours: 5), detail: ["note": "đã gọi <b>"]),
        ]
    )

    /// A refund to an account that was never seen before.
    static let waiting = CaseFile.Proposal(
        id: 41,
        proposal: CaseProposal(
            move: .refund(CaseMove.GoingBack(amount: Money(5000), reason: "overpaid", payee: .transfer(payee))),
            note: "chênh nhỏ",
            proposedBy: "person:x",
            proposedByName: "Lê Thị Mai"
        ),
        proposedAt: ago(hours: 4),
        move: CaseMoveShown(
            action: .refund,
            amount: Money(5000),
            targets: [],
            payee: .transfer(payee),
            known: KnownPayee(hasPaidThis: false, refunds: 0, refunded: .zero),
            refundID: nil
        )
    )

    static let payerRecord = CaseFile.PayerRecord(
        requests: [
            CaseFile.PayerRecord.Request(
                id: id(2),
                reference: reference,
                dossierCode: "H44-26-0002",
                state: .paid,
                amountDue: Money(20_000),
                createdAt: ago(hours: 500)
            )
        ],
        cases: file.earlier
    )

    private static let linked = CaseMoveShown(
        action: .link,
        amount: Money(25_000),
        targets: [
            CaseMoveShown.Target(
                id: id(1),
                reference: reference,
                dossierCode: "H44-26-0001",
                payerName: "Trần Văn <Nam>",
                state: .pending,
                amount: Money(25_000),
                remaining: Money(25_000)
            )
        ],
        payee: nil,
        known: nil,
        refundID: nil
    )

    static let approvals = CaseApprovals(items: [
        CaseApprovals.Item(head: problem(12, .unmatched, .awaitingApproval), proposal: waiting, obstacle: nil),
        CaseApprovals.Item(
            head: problem(14, .late, .awaitingApproval),
            proposal: CaseFile.Proposal(
                id: 42,
                proposal: CaseProposal(
                    move: .writeOff(Money(25_000)),
                    note: "theo <gợi ý>",
                    proposedBy: "person:x",
                    proposedByName: "Lê Thị Mai"
                ),
                proposedAt: ago(hours: 4),
                move: linked
            ),
            obstacle: nil
        ),
        CaseApprovals.Item(
            head: problem(13, .late, .open),
            proposal: nil,
            obstacle: Reason.nothingProposed(13).phrase
        ),
    ])

    static let batch = CaseBatch(items: [
        CaseBatch.Item(
            id: 12,
            kind: .unmatched,
            amount: Money(25_000),
            suggestion: suggestion,
            taken: Money(25_000),
            obstacle: nil
        ),
        CaseBatch.Item(
            id: 13,
            kind: .unmatched,
            amount: Money(5000),
            suggestion: nil,
            taken: .zero,
            obstacle: Phrase(vi: "không có gợi ý đủ mạnh", en: "no suggestion is strong enough")
        ),
    ])

    static let judged = [
        CaseSheets.Judged(
            row: CaseSheet.Row(
                number: 4,
                caseID: "12",
                action: "gắn vào yêu cầu",
                reference: reference,
                amount: "",
                note: "theo <gợi ý>"
            ),
            caseID: 12,
            told: Phrase(vi: "gắn vào \(reference)", en: "goes to \(reference)"),
            move: linked,
            obstacle: nil
        ),
        CaseSheets.Judged(
            row: CaseSheet.Row(
                number: 5,
                caseID: "x",
                action: "chia",
                reference: "",
                amount: "",
                note: ""
            ),
            caseID: nil,
            told: nil,
            obstacle: Phrase(vi: "không có số vụ việc", en: "names no case")
        ),
    ]

    static let found: FoundThings = {
        var found = FoundThings()
        found.payments = [
            FoundThings.Payment(
                id: id(1),
                reference: reference,
                dossierCode: "H44-26-0001",
                payerName: "Trần Văn <Nam>",
                amountDue: Money(20_000),
                state: .paid,
                createdAt: ago(hours: 20)
            )
        ]
        found.notices = [
            FoundThings.Notice(
                id: 7,
                transactionID: "FT123",
                amount: Money(25_000),
                accountNumber: account,
                occurredAt: ago(hours: 51),
                outcome: "unknown_reference",
                requestID: nil,
                caseID: 12
            )
        ]
        found.cases = [
            FoundThings.CaseFound(
                id: 12,
                kind: .unmatched,
                amount: Money(25_000),
                isOpen: true,
                openedAt: ago(hours: 50)
            )
        ]
        found.accounts = [FoundThings.AccountFound(number: account, name: "TT PHUC VU HCC")]
        return found
    }()

    static let outlook = RefundOutlook(
        request: request,
        payer: payee,
        choices: [
            RefundOutlook.Choice(reason: "not_eligible", amount: Money(25_000), refusal: nil),
            RefundOutlook.Choice(
                reason: nil,
                amount: Money(5000),
                refusal: .feeRefundableIfNotEligible("LP-TT")
            ),
        ]
    )

    static let event = Event(
        id: 81,
        type: "payment_request.paid",
        subject: "request:" + id(1).text,
        createdAt: ago(hours: 1),
        body: [:],
        deliveries: [["endpoint": "cổng-tỉnh", "state": "dead", "attempts": 9]]
    )

    static let story = PaymentStory(
        request: request,
        madeBy: "Cổng <tỉnh>",
        changes: [
            PaymentStory.Change(
                event: "paid",
                from: .pending,
                to: .paid,
                received: Money(25_000),
                at: ago(hours: 1)
            )
        ],
        notices: [
            PaymentStory.Notice(
                id: 7,
                source: "callback",
                connection: "vcb",
                transactionID: "FT123",
                outcome: "overpaid",
                amount: Money(25_000),
                accountNumber: account,
                memo: "nop le phi",
                occurredAt: ago(hours: 2),
                receivedAt: ago(hours: 1),
                body: "{\"memo\":\"<script>\"}",
                raw: nil,
                reason: nil,
                line: nil
            )
        ],
        postings: [
            PaymentStory.Posting(
                id: 4,
                kind: "payment",
                debit: "bank",
                debitOwner: account,
                credit: "revenue",
                creditOwner: "H44.01",
                amount: Money(20_000),
                bookedOn: day,
                recordedAt: ago(hours: 1)
            )
        ],
        cases: [],
        refunds: [],
        events: [event]
    )
}
