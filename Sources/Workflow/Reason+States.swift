/// Changes of state that a machine does not have.
extension Reason {
    static func requestCannot(_ event: PaymentRequestState.Event, in state: PaymentRequestState) -> Reason {
        Reason(.requestCannot, [.state: .text(state.rawValue), .event: .text(event.rawValue)])
    }

    static func refundCannot(_ event: RefundState.Event, in state: RefundState) -> Reason {
        Reason(.refundCannot, [.refundState: .text(state.rawValue), .event: .text(event.rawValue)])
    }

    static func caseCannot(_ event: CaseState.Event, in state: CaseState) -> Reason {
        Reason(.caseCannot, [.caseState: .text(state.rawValue), .event: .text(event.rawValue)])
    }

    static func proposalCannot(_ event: CaseProposalState.Event, in state: CaseProposalState) -> Reason {
        Reason(.proposalCannot, [.proposalState: .text(state.rawValue), .event: .text(event.rawValue)])
    }

    static func recoveryCannot(_ event: RecoveryProposalState.Event, in state: RecoveryProposalState) -> Reason {
        Reason(.recoveryCannot, [.recoveryState: .text(state.rawValue), .event: .text(event.rawValue)])
    }

    static func statementCannot(_ event: StatementState.Event, in state: StatementState) -> Reason {
        Reason(.statementCannot, [.statementState: .text(state.rawValue), .event: .text(event.rawValue)])
    }

    static func shiftCannot(_ event: ShiftState.Event, in state: ShiftState) -> Reason {
        Reason(.shiftCannot, [.shiftState: .text(state.rawValue), .event: .text(event.rawValue)])
    }

    static func providerReceiptCannot(_ event: ProviderReceiptState.Event, in state: ProviderReceiptState) -> Reason {
        Reason(.providerReceiptCannot, [.providerReceiptState: .text(state.rawValue), .event: .text(event.rawValue)])
    }

    static func platformPaymentCannot(_ event: PlatformPaymentState.Event, in state: PlatformPaymentState) -> Reason {
        Reason(.platformPaymentCannot, [.platformState: .text(state.rawValue), .event: .text(event.rawValue)])
    }

    static func messageCannot(_ event: PayerMessageState.Event, in state: PayerMessageState) -> Reason {
        Reason(.messageCannot, [.messageState: .text(state.rawValue), .event: .text(event.rawValue)])
    }

    static func remittanceCannot(_ event: RemittanceState.Event, in state: RemittanceState) -> Reason {
        Reason(.remittanceCannot, [.remittanceState: .text(state.rawValue), .event: .text(event.rawValue)])
    }

    static func deliveryCannot(_ event: EventDeliveryState.Event, in state: EventDeliveryState) -> Reason {
        Reason(.deliveryCannot, [.deliveryState: .text(state.rawValue), .event: .text(event.rawValue)])
    }
}
