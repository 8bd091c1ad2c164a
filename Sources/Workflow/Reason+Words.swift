extension Reason.Key {
    /// The words of the codes that are values of this name; `nil` for values that are not codes.
    var vocabulary: Vocabulary? {
        switch self {
        case .state: .requestState
        case .refundState: .refundState
        case .caseState: .caseState
        case .proposalState: .proposalState
        case .recoveryState: .recoveryState
        case .statementState: .statementState
        case .deliveryState: .deliveryState
        case .shiftState: .shiftState
        case .remittanceState: .remittanceState
        case .providerReceiptState: .providerReceiptState
        case .platformState: .platformPaymentState
        case .messageState: .messageState
        case .action: .caseAction
        case .event: .event
        case .channel: .channel
        default: nil
        }
    }
}
