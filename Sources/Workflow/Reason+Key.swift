import Values

extension Reason {
    /// The names of values: placeholders in sentences, members in JSON.
    public enum Key: String, Sendable, Hashable, CaseIterable {
        // Money.
        case amount, benefit, difference, due, excess, expected, fee, found, line, notice, received, remaining,
            suspense,
            total
        case gatewayFee = "gateway_fee"
        case listAmount = "list_amount"
        // Counts.
        case cases, count, days, hours, items, lines, percent, requests, seconds, status
        case caseID = "case_id"
        case lineID = "line_id"
        case noticeID = "notice_id"
        case runID = "run_id"
        case statementID = "statement_id"
        case otherStatement = "other_statement"
        // Days and instants.
        case day, today
        case expectedBy = "expected_by"
        case expiresAt = "expires_at"
        case at
        // Identifiers.
        case account, action, actor, agency, bank, category, channel
        case legalBasis = "legal_basis"
        case name, note, reference, refund, rule
        case otherAccount = "other_account"
        case otherBank = "other_bank"
        case renewal, target, transaction
        // Codes that people read as words: `state` is that of a payment request.
        case state
        case refundState = "refund_state"
        case caseState = "case_state"
        case proposalState = "proposal_state"
        case recoveryState = "recovery_state"
        case statementState = "statement_state"
        case deliveryState = "delivery_state"
        case shiftState = "shift_state"
        case remittanceState = "remittance_state"
        case providerReceiptState = "provider_receipt_state"
        case platformState = "platform_state"
        case messageState = "message_state"
        case event

        /// What a value of this name is.
        var kind: Kind {
            switch self {
            case .amount, .benefit, .difference, .due, .excess, .expected, .fee, .found, .line, .notice, .received,
                .remaining,
                .suspense, .total, .gatewayFee, .listAmount:
                .money
            case .cases, .count, .days, .hours, .items, .lines, .percent, .requests, .seconds, .status, .caseID,
                .lineID, .noticeID,
                .runID,
                .statementID, .otherStatement:
                .count
            case .day, .today, .expectedBy: .day
            case .expiresAt, .at: .instant
            case .account, .action, .actor, .agency, .bank, .category, .channel, .legalBasis, .name, .note, .reference,
                .refund,
                .rule,
                .otherAccount, .otherBank, .renewal, .target, .transaction, .state, .refundState, .caseState,
                .proposalState,
                .recoveryState, .statementState,
                .deliveryState, .shiftState, .remittanceState, .providerReceiptState, .platformState,
                .messageState, .event:
                .text
            }
        }
    }

    /// The types of values.
    enum Kind {
        case money, count, day, instant, text

        func read(_ json: JSON) -> Value? {
            switch self {
            case .money: json.integer.map { .money(Money($0)) }
            case .count: json.integer.map { .count($0) }
            case .day: json.string.flatMap { Day($0) }.map { .day($0) }
            case .instant: json.string.flatMap { Instant($0) }.map { .instant($0) }
            case .text: json.string.map { .text($0) }
            }
        }
    }
}
