import Casework
import Console
import Foundation
import Identity
import Values
import Workflow

@testable import Collection
@testable import FeeSchedule

extension Sample {
    /// Whose shift it is below.
    static let cashier = Caller(
        id: id(201),
        holder: .person(session: 2, factorAt: now),
        name: "Trần Thị <Mai>",
        grants: [RoleGrant(.cashier)]
    )

    private static let agency = AgencyRow(
        code: "H44.01",
        nameVi: "Trung tâm <HCC>",
        nameEn: "One-stop <centre>",
        localityCode: "25",
        bankBIN: "970436",
        accountNumber: account,
        accountName: "TT PHUC VU HCC"
    )

    private static let fee = FeeRow(
        feeCode: "LP-TT",
        procedureCode: "1.004222",
        kind: .charge,
        nameVi: "Lệ phí đăng ký thường trú",
        nameEn: "Permanent residence",
        unit: "lần",
        amount: Money(20_000),
        localityCode: "",
        validity: Validity(from: day, to: nil),
        legalBasis: "TT 75/2022/TT-BTC",
        budgetCode: "2767",
        calculation: .flat,
        minimum: nil,
        maximum: nil,
        retained: nil,
        refundPolicy: nil
    )

    static let percentFee: FeeRow = {
        var percent = fee
        (percent.feeCode, percent.nameVi, percent.nameEn) = ("PF-1", "Thẩm định <hồ sơ>", "Appraisal")
        (percent.calculation, percent.maximum) = (.percent(150_000), Money(5_000_000))
        return percent
    }()

    static let assessment = Assessment(
        agency: agency,
        procedure: ProcedureRow(
            code: "1.004222",
            nameVi: "Đăng ký thường trú",
            nameEn: "Permanent residence registration",
            fieldVi: "Cư trú"
        ),
        unit: LocalityRow(
            code: "25",
            validity: Validity(from: day, to: nil),
            level: .province,
            parentCode: "",
            nameVi: "Phú Thọ",
            nameEn: "Phu Tho",
            successorCodes: []
        ),
        day: day,
        lines: [
            AssessedLine(
                fee: fee,
                unitAmount: Money(20_000),
                quantity: 2,
                baseAmount: nil,
                listAmount: Money(40_000),
                applied: [
                    AppliedRule(
                        rule: .reduction,
                        code: "GIAM-1",
                        benefit: Money(10_000),
                        legalBasis: "NQ <12>/2026",
                        validTo: nil,
                        payerCategory: "poor_household"
                    )
                ],
                payable: Money(30_000)
            )
        ]
    )

    static let offers = [
        CounterPayments.Offer(
            channel: .counterCash,
            assessment: assessment,
            price: Money(30_000),
            remaining: Money(30_000),
            isAsAsked: false
        ),
        CounterPayments.Offer(
            channel: .counterCard,
            assessment: assessment,
            price: Money(30_000),
            remaining: Money(30_000),
            isAsAsked: false
        ),
    ]

    private static func receipt() -> IssuedReceipt {
        IssuedReceipt(
            kind: "charge",
            form: "EBL02",
            serial: "26TAA",
            number: 123,
            amount: Money(30_000),
            issuedAt: now,
            address: "EBL02-26TAA-123-K7Q2M9A4X3",
            isReplaced: false
        )
    }

    static let corrected = Receipt(
        id: 17,
        number: ReceiptNumber(.charge, serial: "26TAA", number: 17, code: 5),
        amount: Money(30_000),
        issuedAt: now,
        agencyCode: "H44.01",
        collector: "Trung tâm <HCC>",
        address: nil,
        taxCode: nil,
        phone: nil,
        requestID: UUID(uuidString: "0190a5a0-0000-7000-8000-000000000001")!,
        reference: "RF18539007547034",
        dossierCode: "H44-26-0007",
        procedureCode: "1.004222",
        procedureName: "Đăng ký thường trú",
        channel: "counter_cash",
        payerName: "Nguyễn <Thị> An",
        items: [
            Receipt.Item(
                name: "Lệ phí",
                unit: "lần",
                quantity: 1,
                amount: Money(30_000),
                legalBasis: "TT 75/2022/TT-BTC"
            )
        ],
        replaces: ReceiptNumber(.charge, serial: "26TAA", number: 9, code: 4),
        reason: "sai cơ quan thu",
        replacedBy: nil,
        notices: [Receipt.Notice(error: .payerName, note: "Thị <An> là Thị Anh", madeAt: now)]
    )

    static let handout = Handout(
        id: UUID(uuidString: "0190a5a0-0000-7000-8000-000000000077")!,
        mark: "KHR7",
        dossierCode: "H44-26-0007",
        payerName: "Nguyễn <Thị> An",
        amount: Money(20_000)
    )

    static let taking = ShiftTaking(
        noticeID: 9,
        shiftID: 12,
        channel: "counter_cash",
        amount: Money(30_000),
        tendered: Money(50_000),
        takenAt: ago(hours: 1),
        requestID: id(1),
        reference: reference,
        dossierCode: "H44-26-0001",
        receipts: [receipt()]
    )

    /// A request that waits at the counter, or has been paid there.
    static func counterRequest(isPaid: Bool) -> PaymentRequest {
        var request = request
        request.amountReceived = isPaid ? Money(20_000) : .zero
        request.amountApplied = isPaid ? Money(20_000) : .zero
        request.status = isPaid ? .paid : .pending
        request.paidAt = isPaid ? now : nil
        request.receipts = isPaid ? [receipt()] : []
        return request
    }

    static func shift(_ state: ShiftState, counted: Int64? = nil) -> Shift {
        Shift(
            id: 12,
            agencyCode: "H44.01",
            cashier: id(201),
            cashierName: "Trần Thị <Mai>",
            state: state,
            float: Money(500_000),
            openedAt: ago(hours: 3),
            expected: Money(530_000),
            counted: counted.map { Money($0) },
            explanation: counted == nil || counted == 530_000 ? nil : "trả nhầm <tiền lẻ>",
            countedAt: counted == nil ? nil : now,
            approvedByName: nil,
            approvalNote: nil,
            closedAt: state == .closed ? now : nil,
            sums: [
                Shift.Sum(channel: "counter_card", count: 1, amount: Money(20_000)),
                Shift.Sum(channel: "counter_cash", count: 1, amount: Money(30_000)),
            ],
            givenBack: .zero,
            count: counted == nil ? nil : CashCount(pieces: [500_000: 1, 1000: 30]),
            deposit: nil
        )
    }
}
