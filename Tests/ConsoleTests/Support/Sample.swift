import Casework
import FeeSchedule
import Foundation
import Identity
import Values
import Workflow

@testable import Collection

/// Fixed values of a believable day, of which the pages are made.
enum Sample {
    /// 23/11/2026, a Monday.
    static let day = Day(daysSinceEpoch: 20_780)
    /// Half past nine.
    static let now = day.start.adding(seconds: 34_200)
    static let account = "0801000567890"
    static let reference = "RF18H4426000001A"

    static func ago(hours: Int64) -> Instant { now.adding(seconds: -3600 * hours) }

    /// An id that reads the same each time.
    static func id(_ number: UInt8) -> UUID {
        UUID(uuid: (1, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, number))
    }

    /// Somebody who sees everything and may do everything that a page offers.
    static let caller = Caller(
        id: id(200),
        holder: .person(session: 1, factorAt: now),
        name: "Nguyễn Thị Lan",
        grants: [RoleGrant(.finance), RoleGrant(.approver), RoleGrant(.admin)]
    )

    static let payee = Beneficiary(bankBIN: "970436", account: "0011223344", name: "TRAN VAN \"NAM\" & CON")

    static let request = PaymentRequest(
        id: id(1),
        reference: reference,
        token: "tokenoftherequest",
        dossierCode: "H44-26-0001",
        agencyCode: "H44.01",
        procedureCode: "1.004222.000.00.00.H44",
        channel: .online,
        payerCategory: nil,
        payerName: "Trần Văn <Nam>",
        payerEvidence: nil,
        assessedOn: day,
        amountDue: Money(20_000),
        discountTotal: Money(10_000),
        amountReceived: Money(25_000),
        amountApplied: Money(20_000),
        feeRefundClaimed: .zero,
        amountRefunded: .zero,
        status: .paid,
        paidAt: ago(hours: 1),
        settledBy: .notice,
        expiresAt: day.next.start,
        createdAt: ago(hours: 20),
        createdBy: nil,
        returnURL: nil,
        bankBIN: "970436",
        accountNumber: account,
        accountName: "TT PHUC VU HCC",
        items: nil,
        lines: [
            [
                "fee_code": "LP-TT", "name_vi": "Lệ phí đăng ký thường trú", "name_en": "Permanent residence",
                "list_amount": 20_000, "payable": 20_000, "legal_basis": "TT 75/2022/TT-BTC", "applied": [],
            ]
        ]
    )

    static func problem(_ number: Int64, _ kind: CaseKind, _ state: CaseState.Shown, due: Int = 2) -> Case {
        Case(
            id: number,
            kind: kind,
            state: state,
            amount: Money(25_000),
            suspenseLeft: Money(5000),
            accountNumber: account,
            agencyCode: "H44.01",
            requestID: nil,
            noticeID: 7,
            lineID: 9,
            evidence: [:],
            reason: .repeatedLine(17, transaction: "FT123", amount: Money(25_000)),
            openedAt: ago(hours: 50),
            endedAt: nil,
            endedBy: nil,
            action: nil,
            note: nil,
            assignee: "Nguyễn Thị Lan",
            dueOn: day.adding(days: due),
            subject: Case.Subject(
                reference: reference,
                dossierCode: "H44-26-0001",
                payerName: "Trần Văn Nam",
                memo: "\(reference) nop le phi",
                counterpartyName: "TRAN VAN NAM",
                askedBankAt: kind == .late ? ago(hours: 20) : nil
            )
        )
    }

    static let suggestion = CaseSuggestion(
        requestID: id(1),
        reference: reference,
        dossierCode: "H44-26-0001",
        procedureCode: "1.004222.000.00.00.H44",
        payerName: "Trần Văn Nam",
        remaining: Money(25_000),
        state: .pending,
        createdAt: ago(hours: 60),
        noticeID: nil,
        isSameAmount: true,
        nameLikeness: 100,
        namesDossier: true,
        requestsOfSameAmount: 1
    )

    static func refund(_ number: UInt8, _ state: RefundState) -> Refund {
        Refund(
            id: id(number),
            endToEndID: "KHR0000000000000\(number)",
            paymentRequestID: id(1),
            caseID: nil,
            accountNumber: account,
            amount: Money(5000),
            reason: "nộp thừa",
            note: "khách gọi điện",
            payee: .transfer(payee),
            state: state,
            requested: Refund.Step(person: "person:x", name: "Lê Thị Mai", at: ago(hours: 5)),
            approved: nil,
            adopted: nil,
            approvalsNeeded: 1,
            secondApproved: nil,
            rejected: nil,
            executed: nil,
            settledAt: nil,
            statementLineID: nil,
            file: nil,
            agencyCode: "H44.01",
            parts: [RefundPart(caseID: 12, amount: Money(5000))]
        )
    }

    static let person = KnownPerson(
        id: id(60),
        name: "Phạm <Hoa>",
        email: "hoa@example.vn",
        createdAt: ago(hours: 500),
        disabledAt: nil,
        isReady: false,
        roles: [
            KnownPerson.Held(grant: RoleGrant(.cashier, in: "00004"), until: day.next.start, standsInFor: "Lan"),
            KnownPerson.Held(grant: RoleGrant(.finance), until: nil, standsInFor: nil),
        ]
    )
}
