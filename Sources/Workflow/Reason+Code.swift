public import Values

extension Reason {
    /// The stable codes; once released, a code is never renamed or given another meaning.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        // What a request is assessed by.
        case reductionApplied = "reduction_applied"
        case discountApplied = "discount_applied"
        case assessmentDayNotYours = "assessment_day_not_yours"
        case assessmentDayAhead = "assessment_day_ahead"
        case assessmentDayTooFarBack = "assessment_day_too_far_back"
        case evidenceMissing = "evidence_missing"

        // What became of a notice.
        case paidInFull = "paid_in_full"
        case paidInPart = "paid_in_part"
        case paidWithExcess = "paid_with_excess"
        case paidAlready = "paid_already"
        case basketPaid = "basket_paid"
        case basketPaidInPart = "basket_paid_in_part"
        case basketPaidWithExcess = "basket_paid_with_excess"
        case requestCancelled = "request_cancelled"
        case expiredBeyondGrace = "expired_beyond_grace"
        case priceChanged = "price_changed"
        case referenceMissing = "reference_missing"
        case requestOfOtherAccount = "request_of_other_account"
        case noticeRepeated = "notice_repeated"
        case noticeConflicts = "notice_conflicts"
        case noticeOfOtherAccount = "notice_of_other_account"
        case noticeIsNotCredit = "notice_is_not_credit"
        case transferCounted = "transfer_counted"
        case counterPaymentShown = "counter_payment_shown"
        case recoveryConfirmedByNotice = "recovery_confirmed_by_notice"
        case paidFromLine = "paid_from_line"
        case lineDecided = "line_decided"

        // What became of a line.
        case lineMatchesNotice = "line_matches_notice"
        case lineShowsCounterPayment = "line_shows_counter_payment"
        case lineMatchesReference = "line_matches_reference"
        case lineRepeated = "line_repeated"
        case lineAmountDiffers = "line_amount_differs"
        case noticeHasAnotherLine = "notice_has_another_line"
        case linePaysRequest = "line_pays_request"
        case linePaysSeveralRequests = "line_pays_several_requests"
        case linePaysBasket = "line_pays_basket"
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

        // Recoveries that wait for another person, and why they are not confirmed.
        case recoveriesAwait = "recoveries_await"
        case dayAwaitsConfirmation = "day_awaits_confirmation"
        case nothingToConfirm = "nothing_to_confirm"
        case otherNumberAwaits = "other_number_awaits"
        case importerCannotConfirm = "importer_cannot_confirm"
        case lineDoesNotAwait = "line_does_not_await"

        // Why a statement is not undone.
        case statementUndone = "statement_undone"
        case undoDaySigned = "undo_day_signed"
        case undoLinesDecided = "undo_lines_decided"
        case undoCasesDecided = "undo_cases_decided"
        case undoNoticesCame = "undo_notices_came"
        case undoRequestsChanged = "undo_requests_changed"
        case undoStatementBuilds = "undo_statement_builds"

        // Payments missing from statements, and gaps between statements.
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
        case openingNotBooked = "opening_not_booked"
        case moreOfTheSame = "more_of_the_same"

        // Why a day is not signed off, and with what it was.
        case dayAhead = "day_ahead"
        case daySigned = "day_signed"
        case dayNotReconciled = "day_not_reconciled"
        case dayNotExplained = "day_not_explained"
        case dayHasOpenItems = "day_has_open_items"
        case daySignedWithOpenItems = "day_signed_with_open_items"
        case dayNotSigned = "day_not_signed"
        case dayCountersigned = "day_countersigned"
        case dayOwnSignature = "day_own_signature"
        case dayChangedSinceSigned = "day_changed_since_signed"

        // Changes of state that a machine does not have.
        case requestCannot = "request_cannot"
        case refundCannot = "refund_cannot"
        case caseCannot = "case_cannot"
        case proposalCannot = "proposal_cannot"
        case recoveryCannot = "recovery_cannot"
        case statementCannot = "statement_cannot"
        case deliveryCannot = "delivery_cannot"

        // What is done with the money of a case, and why it cannot be done.
        case casePaysRequest = "case_pays_request"
        case casePaysRequests = "case_pays_requests"
        case caseConfirmsPayment = "case_confirms_payment"
        case caseConfirmsRefund = "case_confirms_refund"
        case caseGoesBack = "case_goes_back"
        case caseWrittenOffAsGain = "case_written_off_as_gain"
        case caseWrittenOffAsLoss = "case_written_off_as_loss"
        case caseHoldsMoney = "case_holds_money"
        case caseHoldsNothing = "case_holds_nothing"
        case caseHoldsLess = "case_holds_less"
        case caseMoneyLeftBank = "case_money_left_bank"
        case caseHasNoRequest = "case_has_no_request"
        case linkNeedsRequest = "link_needs_request"
        case debitNeedsRefund = "debit_needs_refund"
        case debitIsNotRefund = "debit_is_not_refund"
        case splitNeedsParts = "split_needs_parts"
        case splitRepeats = "split_repeats"
        case requestUnknown = "request_unknown"
        case requestTakesNothing = "request_takes_nothing"
        case requestOnOtherAccount = "request_on_other_account"
        case requestWaitsForLess = "request_waits_for_less"
        case lineCountedSince = "line_counted_since"
        case nothingProposed = "nothing_proposed"
        case otherProposalWaits = "other_proposal_waits"
        case proposerCannotApprove = "proposer_cannot_approve"
        case proposalOutdated = "proposal_outdated"

        // What a refund takes, where it goes, and why it is refused.
        case moneyGoesBack = "money_goes_back"
        case refundExceeds = "refund_exceeds"
        case nothingToRefund = "nothing_to_refund"
        case caseHoldsNothingToRefund = "case_holds_nothing_to_refund"
        case requestMayStillBePaid = "request_may_still_be_paid"
        case requestHoldsMoney = "request_holds_money"
        case feeRefundableIfNotEligible = "fee_refundable_if_not_eligible"
        case refundPaidAgain = "refund_paid_again"
        case feeNeverRefunded = "fee_never_refunded"
        case payeeMissing = "payee_missing"
        case payeeBankUnknown = "payee_bank_unknown"
        case payeeAccountMalformed = "payee_account_malformed"
        case payeeNameMissing = "payee_name_missing"
        case approvalNamesNoPayee = "approval_names_no_payee"
        case requesterCannotApprove = "requester_cannot_approve"
        case refundWithoutPayee = "refund_without_payee"
        case refundPaidByHand = "refund_paid_by_hand"
        case approverCannotTakeFile = "approver_cannot_take_file"
        case refundNeedsThirdPerson = "refund_needs_third_person"
        case refundNeedsRequester = "refund_needs_requester"
        case approvedAlready = "approved_already"
        case standInCannotDecide = "stand_in_cannot_decide"
        case refundHasRequester = "refund_has_requester"

        // What is refused, or imported with a warning.
        case runUnderWay = "run_under_way"
        case secretHeld = "secret_held"
        case statementOfOtherBank = "statement_of_other_bank"
        case statementOfOtherAccount = "statement_of_other_account"
        case statementMatchesLittle = "statement_matches_little"
        case statementForced = "statement_forced"

        // Why a cashier's shift does not take, give back or end.
        case shiftNeeded = "shift_needed"
        case shiftOpenAlready = "shift_open_already"
        case shiftOfAnother = "shift_of_another"
        case cashTooLittle = "cash_too_little"
        case shiftUnexplained = "shift_unexplained"
        case shiftOwnDifference = "shift_own_difference"
        case depositDiffers = "deposit_differs"
        case shiftDeposited = "shift_deposited"
        case refundNotByHand = "refund_not_by_hand"
        case drawerHoldsLess = "drawer_holds_less"
        case shiftCannot = "shift_cannot"

        // Why several requests are not paid together, or no longer.
        case basketOfOtherAccount = "basket_of_other_account"
        case basketRequestClosed = "basket_request_closed"
        case basketRequestTaken = "basket_request_taken"
        case basketRequestRepeated = "basket_request_repeated"
        case basketAtCounter = "basket_at_counter"
        case basketNotOpen = "basket_not_open"
        // Why an order to the State Treasury is not made, approved or taken, and how its line is known.
        case nothingToRemit = "nothing_to_remit"
        case remittanceWithoutCode = "remittance_without_code"
        case remittanceExceeds = "remittance_exceeds"
        case remittanceTooLong = "remittance_too_long"
        case agencyRemitsElsewhere = "agency_remits_elsewhere"
        case remitsSince = "remits_since"
        case makerCannotApprove = "maker_cannot_approve"
        case approverCannotTakeOrder = "approver_cannot_take_order"
        case takerCannotReturn = "taker_cannot_return"
        case orderNotTaken = "order_not_taken"
        case remittanceNamedByLine = "remittance_named_by_line"
        case remittanceFoundByRows = "remittance_found_by_rows"
        case remittanceOverdue = "remittance_overdue"
        case remittanceCannot = "remittance_cannot"
        case providerReceiptCannot = "provider_receipt_cannot"
        case messageCannot = "message_cannot"

        // Why an event was not delivered, or its endpoint is sent nothing.
        case endpointAnswered = "endpoint_answered"
        case endpointGone = "endpoint_gone"
        case endpointSilent = "endpoint_silent"
        case endpointUnreachable = "endpoint_unreachable"
        case endpointNotAllowed = "endpoint_not_allowed"
        case endpointSecretUnreadable = "endpoint_secret_unreadable"
        case endpointFailing = "endpoint_failing"
        case endpointDisabled = "endpoint_disabled"
        case endpointDisabledByHand = "endpoint_disabled_by_hand"

        // What looks like money being taken.
        case manySmallRefunds = "many_small_refunds"
        case oneBeneficiary = "one_beneficiary"
        case changedBeneficiary = "changed_beneficiary"
        case manyFreeRequests = "many_free_requests"
        case recoveriesWithoutCallback = "recoveries_without_callback"
        case breakGlassLogins = "break_glass_logins"
        case nightLogins = "night_logins"
        case connectionSilent = "connection_silent"
        case limitRaised = "limit_raised"
    }
}

extension Reason.Code {
    /// The sentence of the code in both languages, `{name}` for each value. Reasons are worded only here.
    public var phrase: Phrase {
        let money: Phrase? = assessmentPhrase ?? noticePhrase ?? linePhrase ?? recoveryPhrase ?? undoPhrase
        let work: Phrase? = statePhrase ?? casePhrase ?? refundPhrase ?? intakePhrase
        let rest: Phrase? = remittancePhrase ?? alarmPhrase ?? deliveryPhrase ?? dayPhrase
        return money ?? work ?? basketPhrase ?? shiftPhrase ?? rest ?? differencePhrase
    }
}
