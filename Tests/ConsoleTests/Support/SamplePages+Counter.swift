import Console
import Values

@testable import Collection

extension SamplePages {
    /// The counter and its shifts.
    static func counter(_ language: Language) -> [Named] {
        let (caller, now) = (Sample.cashier, Sample.now)
        let day = CounterPage.Day(
            shifts: [Sample.shift(.open), Sample.shift(.counted, counted: 529_000)],
            takings: [Sample.taking],
            agencies: [("H44.01", "Trung tâm <HCC>"), ("H44.02", "Công an")]
        )
        let low = ServiceError(.invalidBody, .cashTooLittle(received: Money(10_000), due: Money(30_000)))
        let fault = ServiceError(low.code, at: "/tendered", low.phrase)
        let choices = CounterRequestPage.Choices(
            agencies: [("H44.01", "Trung tâm <HCC>")],
            procedures: [("1.004222", "Đăng ký thường trú")],
            categories: ["poor_household"],
            fees: Sample.assessment.lines.map(\.fee) + [Sample.percentFee]
        )
        let typed = [
            "dossier": "H44-<26>", "agency": "H44.01", "category": "poor_household",
            "fee.\(Sample.assessment.lines[0].fee.feeCode)": "2",
        ]
        return [
            (
                "counter",
                CounterPage(
                    day,
                    found: [Sample.counterRequest(isPaid: false)],
                    typed: "H44-\"26\"",
                    for: caller,
                    in: language,
                    now: now
                )
            ),
            (
                "counter-payment",
                CounterPaymentPage(
                    desk(isPaid: false),
                    typed: ["tendered": "10.000"],
                    fault: fault,
                    once: "once",
                    for: caller,
                    in: language,
                    now: now
                )
            ),
            (
                "counter-payment-taken",
                CounterPaymentPage(desk(isPaid: true), once: "once", for: caller, in: language, now: now)
            ),
            (
                "counter-request",
                CounterRequestPage(
                    choices,
                    typed: typed,
                    quote: Sample.assessment,
                    once: "once",
                    in: language,
                    now: now
                )
            ),
        ] + shifts(language) + receipts(language)
    }

    private static func desk(isPaid: Bool) -> CounterPaymentPage.Desk {
        CounterPaymentPage.Desk(
            Sample.counterRequest(isPaid: isPaid),
            offers: isPaid ? [] : Sample.offers,
            takings: isPaid ? [Sample.taking] : [],
            procedure: "Đăng ký thường trú",
            agency: "Trung tâm <HCC>",
            shifts: [Sample.shift(.counted, counted: 529_000)],
            standing: isPaid ? nil : standing
        )
    }

    /// Another code has been paid, and money that came by this one is held.
    private static let standing = PayerView(
        request: Sample.counterRequest(isPaid: false),
        state: .late,
        held: PayerView.Held(amount: Money(30_000), reason: .paidElsewhere),
        excess: .zero,
        refunds: [],
        bankTransaction: nil,
        portal: .none,
        successor: "token",
        isSuccessorPaid: true,
        paidFormer: nil
    )

    private static func receipts(_ language: Language) -> [Named] {
        [
            (
                "receipt",
                ReceiptCorrectionPage(
                    Sample.corrected,
                    typed: ["error": "words", "note": "sai <chữ>"],
                    fault: ServiceError(.invalidBody, at: "/note", .isMissing),
                    for: Sample.caller,
                    in: language,
                    now: Sample.now
                )
            )
        ]
    }

    private static func shifts(_ language: Language) -> [Named] {
        func page(_ shift: Shift, _ caller: Caller) -> ShiftPage {
            ShiftPage(
                shift,
                takings: [Sample.taking],
                handouts: [Sample.handout],
                agencyName: "Trung tâm <HCC>",
                for: caller,
                in: language,
                now: Sample.now
            )
        }
        return [
            (
                "shifts",
                ShiftsPage(
                    [Sample.shift(.open), Sample.shift(.counted, counted: 529_000)],
                    state: .counted,
                    next: 12,
                    in: language,
                    now: Sample.now
                )
            ),
            ("shift", page(Sample.shift(.open), Sample.cashier)),
            ("shift-counted", page(Sample.shift(.counted, counted: 529_000), Sample.caller)),
            ("shift-closed", page(Sample.shift(.closed, counted: 530_000), Sample.cashier)),
        ]
    }
}
