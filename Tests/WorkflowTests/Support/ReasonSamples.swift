import Values

@testable import Workflow

/// A reason of each code, made by the function of its name, in the groups of docs/reasons.md.
enum ReasonSamples {
    static let groups: [(title: String, reasons: [Reason])] = [
        ("What a request is assessed by", assessments), ("What became of a notice", notices),
        ("What became of a line", lines),
        ("What waits for another person's confirmation", recoveries), ("Why a statement is not undone", undos),
        ("What looks like money being taken", alarms), ("What does not meet", differences),
        ("Whether a day is signed off", signOffs),
        ("What is done with the money of a case", caseMoves), ("Why something is not done with a case", caseRefusals),
        ("What a refund takes, where it goes, and why not", refunds),
        ("What is refused, or imported with a warning", intake),
        ("What a cashier's shift does not do", shifts), ("Why requests are not paid together", baskets),
        ("How money goes to the State Treasury", remittances),
        ("What the national payment platform's files say beside the books", platform),
        ("Why an event was not delivered", deliveries),
        ("Changes of state that a machine does not have", states),
    ]

    static let all = groups.flatMap(\.reasons)

    private static let (reference, transaction, refund) = ("RF18539007547034", "FT26325001", "KHRAB12CD34EF56GH")
    private static let order = "KHNAB12CD34EF56GH"
    private static let (account, other) = ("0801000567890", "0011004123456")
    private static let (amount, due, remaining) = (Money(1_200_000), Money(1_500_000), Money(300_000))
    private static let (day, expectedBy) = (Day("2026-11-20")!, Day("2026-11-23")!)
    private static let (expiresAt, at) = (
        Instant("2026-11-20T17:00:00+07:00")!, Instant("2026-11-21T17:00:01+07:00")!
    )

    private static let assessments: [Reason] = [
        .reductionApplied("LLTP-GIAM-2025", legalBasis: "Thông tư 16/2025/TT-BTC", benefit: amount),
        .discountApplied("TT75-TRUCTUYEN", legalBasis: "Thông tư 75/2022/TT-BTC", benefit: amount),
        .assessmentDayNotYours(day), .assessmentDayAhead(day), .assessmentDayTooFarBack(day, days: 60),
        .evidenceMissing(
            category: "poor_household",
            rule: "LLTP-GIAM-2025",
            legalBasis: "Thông tư 16/2025/TT-BTC",
            benefit: Money(200_000)
        ),
    ]

    private static let deliveries: [Reason] = [
        .endpointAnswered("portal", status: 503), .endpointGone("portal"), .endpointSilent("portal", seconds: 10),
        .endpointUnreachable("portal"), .endpointCertificateExpired("portal"), .endpointNotAllowed("portal"),
        .endpointSecretUnreadable("portal"),
        .endpointFailing("portal", count: 100, at: at), .endpointDisabled("portal"),
        .endpointDisabledByHand("portal", note: "bảo trì"),
    ]

    private static let notices: [Reason] = [
        .paidInFull(reference, amount: amount, due: due),
        .paidInPart(reference, amount: amount, remaining: remaining),
        .paidWithExcess(reference, amount: amount, expected: Money(1_000_000)),
        .paidAlready(reference, amount: amount),
        .basketPaid(reference, amount: amount, requests: 3),
        .basketPaidInPart(reference, amount: amount, requests: 2, remaining: remaining),
        .basketPaidWithExcess(reference, amount: due, requests: 3, excess: remaining),
        .requestCancelled(reference, amount: amount),
        .paidByRenewal(reference, renewal: "RF45000000000001", amount: amount),
        .expiredBeyondGrace(reference, amount: amount, expiresAt: expiresAt, at: at),
        .priceChanged(reference, amount: amount, expiresAt: expiresAt),
        .referenceMissing(amount: amount),
        .requestOfOtherAccount(reference, amount: amount, collectsOn: account, arrivedOn: other),
        .noticeRepeated(transaction: transaction),
        .noticeConflicts(transaction: transaction),
        .noticeOfOtherAccount(transaction: transaction, first: account, now: other),
        .noticeIsNotCredit(transaction: transaction),
        .transferCounted(transaction: transaction),
        .counterPaymentShown(reference, amount: amount),
        .lineShowsCounterPayment(amount: amount),
        .lineShowsSlip("GNT-77", amount: amount),
        .recoveryConfirmedByNotice(reference, amount: amount),
        .paidFromLine(17, reference, amount: amount),
        .lineDecided(17, amount: amount),
    ]

    private static let lines: [Reason] = [
        .lineMatchesNotice(transaction: transaction, amount: amount),
        .lineMatchesReference(reference, amount: amount),
        .lineRepeated(transaction: transaction, amount: amount),
        .lineAmountDiffers(line: amount, notice: Money(1_000_000)),
        .noticeHasAnotherLine(transaction: transaction, amount: amount),
        .linePaysRequest(reference, amount: amount),
        .linePaysSeveralRequests(3, amount: amount), .linePaysBasket(reference, requests: 3, amount: amount),
        .linesPayTogether(reference, lines: 2, total: amount),
        .lineAwaitsConfirmation(reference, amount: amount),
        .recoveryNotConfirmed(reference, amount: amount, by: "Trần Văn Nam", why: "người nộp đã rút hồ sơ"),
        .linePaysOut(count: 42, day: day, total: due, gatewayFee: Money(7_500)),
        .lineRepeatsPayment(reference, amount: amount),
        .lineAmountUnexpected(reference, line: amount, remaining: remaining),
        .lineRequestClosed(reference, state: "cancelled", amount: amount),
        .lineOfOtherAccount(reference, collectsOn: account, amount: amount),
        .lineWithoutReference(amount: amount),
        .debitUnexplained(amount: amount),
        .refundNamedByLine(refund, amount: amount),
        .refundFoundByBeneficiary(refund, amount: amount),
    ]

    private static let recoveries: [Reason] = [
        .recoveriesAwait(statement: 8, lines: 3, total: due),
        .dayAwaitsConfirmation(day, account: account, lines: 3, total: due),
        .nothingToConfirm(statement: 8),
        .otherNumberAwaits(statement: 8, lines: 5, expected: 3),
        .importerCannotConfirm(statement: 8),
        .lineDoesNotAwait(17, statement: 8),
    ]

    private static let undos: [Reason] = [
        .statementUndone(8, by: "Hoa", at: at),
        .undoDaySigned(8, day: day, by: "Hoa"),
        .undoLinesDecided(8, lines: 3),
        .undoCasesDecided(8, cases: 2, first: 17),
        .undoNoticesCame(8, notices: 2),
        .undoRequestsChanged(8, requests: 2, first: reference),
        .undoStatementBuilds(8, other: 9),
    ]

    private static let alarms: [Reason] = [
        .manySmallRefunds(12, by: "Hoa", total: amount, day: day),
        .oneBeneficiary(account, payments: 4, total: amount, days: 30),
        .changedBeneficiary(refund, from: other, to: account, amount: amount),
        .manyFreeRequests(11, by: "Quầy 3", day: day),
        .recoveriesWithoutCallback(account, 40, of: 12, day: day),
        .breakGlassLogins(2, by: "Lan", day: day),
        .nightLogins(3, by: "Hoa", day: day),
        .limitRaised(role: "approver", by: "root", day: day),
        .connectionSilent("vcb", account, due: 14, since: at),
        .remittanceOverdue("H44.01", amount: amount, at: at),
    ]

    private static let differences: [Reason] = [
        .paymentMissing(transaction: transaction, amount: amount, day: day, expectedBy: expectedBy),
        .clearingMissing(channel: "counter_qr", amount: amount, day: day, expectedBy: expectedBy),
        .statementGap(found: due, expected: amount),
        .shownLater(transaction: transaction, amount: amount),
        .missingAtBank(transaction: transaction, amount: amount),
        .awaitingLine(transaction: transaction, amount: amount),
        .shownEarlier(transaction: transaction, amount: amount),
        .repeatedLine(17, transaction: transaction, amount: amount),
        .notReconciled(17, amount: amount),
        .gapInStatements("vcb-2026-11.csv", amount: amount),
        .openingNotBooked(day, amount: amount),
        .moreOfTheSame(3, total: due),
    ]

    private static let signOffs: [Reason] = [
        .dayAhead(expectedBy, today: day),
        .daySigned(day, by: "Nguyễn Thị Hoa"),
        .dayNotReconciled(day, lines: 3),
        .dayNotExplained(day, difference: amount),
        .dayHasOpenItems(day, items: 2, cases: 1, lines: 3),
        .daySignedWithOpenItems(day, items: 2, cases: 1, lines: 3, note: "chờ sao kê ngày mai"),
        .dayNotSigned(day),
        .dayCountersigned(day, by: "Trần Văn Nam"),
        .dayOwnSignature(day),
        .dayChangedSinceSigned(day, changes: 2),
    ]

    private static let caseMoves: [Reason] = [
        .casePaysRequest(8, reference: reference, amount: amount),
        .casePaysRequests(8, requests: 3, total: due),
        .caseConfirmsPayment(8, reference: reference, amount: amount),
        .caseConfirmsRefund(8, refund: refund, amount: amount),
        .caseGoesBack(8, amount: amount),
        .caseWrittenOffAsGain(8, amount: amount),
        .caseWrittenOffAsLoss(8, amount: amount),
    ]

    private static let caseRefusals: [Reason] = [
        .caseHoldsMoney(8, suspense: amount),
        .caseHoldsNothing(8),
        .caseHoldsLess(8, suspense: remaining, amount: amount),
        .caseMoneyLeftBank(8, amount: amount),
        .caseHasNoRequest(8),
        .linkNeedsRequest(8),
        .debitNeedsRefund(8),
        .debitIsNotRefund(refund, state: .approved, amount: amount, account: account, line: due),
        .splitNeedsParts(8),
        .splitRepeats(reference),
        .requestUnknown(reference),
        .requestTakesNothing(reference, state: .paid),
        .requestOnOtherAccount(reference, collectsOn: account, liesOn: other),
        .requestWaitsForLess(reference, remaining: remaining, amount: amount),
        .lineCountedSince(8, amount),
        .nothingProposed(8),
        .otherProposalWaits(8, action: .link, actor: "Nguyễn Thị Hoa"),
        .proposalWaits(8, action: .refund, actor: "Nguyễn Thị Hoa"),
        .proposerCannotApprove(8, action: .split),
        .caseRefundNeedsApprover(8, amount: amount),
        .proposalOutdated(8, action: .accept),
    ]

    private static let refunds: [Reason] = [
        .moneyGoesBack(amount: due, suspense: remaining, fee: amount),
        .refundExceeds(amount: due, available: amount),
        .nothingToRefund(reference),
        .caseHoldsNothingToRefund(8),
        .requestMayStillBePaid(reference, until: expiresAt),
        .requestHoldsMoney(reference, received: amount),
        .feeRefundableIfNotEligible("LP01,LP02"),
        .refundPaidAgain(refund, reference: reference),
        .feeNeverRefunded("LP01"),
        .payeeMissing(amount: amount),
        .payeeBankUnknown("970499"),
        .payeeAccountMalformed("12 34"),
        .payeeNameMissing(account: account),
        .approvalNamesNoPayee(refund),
        .requesterCannotApprove(refund),
        .refundWithoutPayee(refund, amount: amount),
        .refundPaidByHand(refund, amount: amount),
        .approverCannotTakeFile(refund, amount: amount),
        .refundNeedsThirdPerson(refund, amount: amount, approvedBy: "Nam"),
        .refundNeedsRequester(refund, amount: amount),
        .refundHasRequester(refund, actor: "Hoa"),
        .approvedAlready(refund),
        .standInCannotDecide(actor: "Nam"),
    ]

    private static let intake: [Reason] = [
        .runUnderWay(7, account: account),
        .secretHeld(by: "vcb-main"),
        .statementOfOtherBank(
            layout: "bidv",
            bank: "BIDV (970418)",
            account: account,
            accountBank: "Vietcombank (970436)"
        ),
        .statementOfOtherAccount(stated: other, account: account),
        .statementMatchesLittle(statement: 8, account: account, found: 4, lines: 81),
        .statementForced(by: "Nguyễn Thị Hoa", why: "BIDV chuyển tài khoản"),
    ]

    private static let baskets: [Reason] = [
        .basketOfOtherAccount(reference, collectsOn: other, basket: account),
        .basketRequestClosed(reference, state: .paid), .basketRequestTaken(reference, by: "RF52539007547035"),
        .basketRequestRepeated(reference), .basketAtCounter(reference, channel: "counter_cash"),
        .basketNotOpen(reference, received: due),
    ]

    private static let shifts: [Reason] = [
        .shiftNeeded("H44.01"), .shiftOpenAlready("H44.01"), .shiftOfAnother(actor: "Nguyễn Thị Hoa"),
        .cashTooLittle(received: remaining, due: due), .shiftUnexplained(found: amount, expected: due),
        .shiftOwnDifference(remaining), .depositDiffers(amount: amount, expected: due),
        .shiftDeposited(amount: due), .refundNotByHand(refund), .drawerHoldsLess(amount: due, expected: amount),
    ]

    private static let remittances: [Reason] = [
        .nothingToRemit(by: day), .remittanceWithoutCode("Lệ phí hộ tịch"), .remittanceTooLong(120),
        .remittanceExceeds(order, code: "2852", by: remaining),
        .agencyRemitsElsewhere("H44.01"), .remitsSince("H44.01", day), .makerCannotApprove(order),
        .approverCannotTakeOrder(order), .takerCannotReturn(order), .orderNotTaken(order),
        .remittanceNamedByLine(order, amount: amount), .remittanceFoundByRows(order, amount: amount),
    ]

    private static let platform: [Reason] = [
        .platformAgrees(transfer, amount: amount), .platformNotPaid(attempt),
        .platformBankAwaited(transfer, amount: amount), .platformBankMissing(transfer, amount: amount),
        .platformInNextFile(transfer, day), .platformRowUnreadable(17, field: "SoTien"),
        .platformRowUnknown(attempt, amount: amount), .platformRowRepeated(transfer, amount: amount),
        .platformRowUnheard(transfer, code: attempt, amount: amount),
        .platformAmountDiffers(transfer, found: remaining, expected: amount),
        .platformTransactionDiffers(transfer, other: "26111815310002", code: attempt),
        .platformSaysUnpaid(transfer, amount: amount), .platformRowMissing(transfer, amount: amount, day),
        .platformNeverAnswered(attempt, amount: amount, at: day.start),
    ]
    private static let (transfer, attempt) = ("26111815310001", "RF18ABCDEFGHJKMN0003")

    private static let states: [Reason] = [
        .requestCannot(.pay, in: .cancelled), .refundCannot(.approve, in: .settled), .caseCannot(.dismiss, in: .closed),
        .proposalCannot(.perform, in: .withdrawn), .recoveryCannot(.confirm, in: .superseded),
        .statementCannot(.reconcile, in: .reconciled), .shiftCannot(.close, in: .closed),
        .remittanceCannot(.send, in: .made),
        .providerReceiptCannot(.number, in: .issued), .platformPaymentCannot(.fail, in: .paid),
        .messageCannot(.claim, in: .sent),
        .deliveryCannot(.deliver, in: .delivered),
    ]
}
