public import Values

extension Reason {
    /// The stable codes; once released, a code is never renamed or given another meaning.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        // What became of a notice.
        case paidInFull = "paid_in_full"
        case paidInPart = "paid_in_part"
        case paidWithExcess = "paid_with_excess"
        case paidAlready = "paid_already"
        case requestCancelled = "request_cancelled"
        case expiredBeyondGrace = "expired_beyond_grace"
        case priceChanged = "price_changed"
        case referenceMissing = "reference_missing"
        case requestOfOtherAccount = "request_of_other_account"
        case noticeRepeated = "notice_repeated"
        case noticeConflicts = "notice_conflicts"
        case noticeIsNotCredit = "notice_is_not_credit"
        case transferCounted = "transfer_counted"
        case recoveryConfirmedByNotice = "recovery_confirmed_by_notice"
        case paidFromLine = "paid_from_line"
        case lineDecided = "line_decided"

        // What became of a line.
        case lineMatchesNotice = "line_matches_notice"
        case lineMatchesReference = "line_matches_reference"
        case lineRepeated = "line_repeated"
        case lineAmountDiffers = "line_amount_differs"
        case noticeHasAnotherLine = "notice_has_another_line"
        case linePaysRequest = "line_pays_request"
        case linePaysSeveralRequests = "line_pays_several_requests"
        case linesPayTogether = "lines_pay_together"
        case lineAwaitsConfirmation = "line_awaits_confirmation"
        case linePaysOut = "line_pays_out"
        case lineRepeatsPayment = "line_repeats_payment"
        case lineAmountUnexpected = "line_amount_unexpected"
        case lineRequestClosed = "line_request_closed"
        case lineOfOtherAccount = "line_of_other_account"
        case lineWithoutReference = "line_without_reference"
        case debitUnexplained = "debit_unexplained"
        case refundNamedByLine = "refund_named_by_line"
        case refundFoundByBeneficiary = "refund_found_by_beneficiary"
        case recoveryNotConfirmed = "recovery_not_confirmed"

        // Payments and statements that do not meet.
        case paymentMissing = "payment_missing"
        case clearingMissing = "clearing_missing"
        case statementGap = "statement_gap"

        // Items of a day's difference between the bank and the books.
        case shownLater = "shown_later"
        case missingAtBank = "missing_at_bank"
        case awaitingLine = "awaiting_line"
        case shownEarlier = "shown_earlier"
        case repeatedLine = "repeated_line"
        case notReconciled = "not_reconciled"
        case gapInStatements = "gap_in_statements"
    }
}

extension Reason.Code {
    /// The sentence of the code in both languages, `{name}` for each value. This is the one place where reasons are worded.
    public var phrase: Phrase {
        noticePhrase ?? linePhrase ?? differencePhrase
    }
}
