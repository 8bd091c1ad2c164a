import Values

extension Reason.Code {
    /// Changes of state that a machine does not have.
    var statePhrase: Phrase? {
        switch self {
        case .requestCannot:
            Phrase(
                vi: "Yêu cầu thanh toán {state}: không thể {event}.",
                en: "The payment request is {state} and cannot be {event}."
            )
        case .refundCannot:
            Phrase(
                vi: "Khoản hoàn {refund_state}: không thể {event}.",
                en: "The refund is {refund_state} and cannot be {event}."
            )
        case .caseCannot:
            Phrase(
                vi: "Vụ việc {case_state}: không thể {event}.",
                en: "The case is {case_state} and cannot be {event}."
            )
        case .proposalCannot:
            Phrase(
                vi: "Đề xuất {proposal_state}: không thể {event}.",
                en: "The proposal is {proposal_state} and cannot be {event}."
            )
        case .recoveryCannot:
            Phrase(
                vi: "Đề xuất ghi nhận từ sao kê {recovery_state}: không thể {event}.",
                en: "The proposed recovery is {recovery_state} and cannot be {event}."
            )
        case .statementCannot:
            Phrase(
                vi: "Sao kê {statement_state}: không thể {event}.",
                en: "The statement is {statement_state} and cannot be {event}."
            )
        case .shiftCannot:
            Phrase(
                vi: "Ca thu {shift_state}: không thể {event}.",
                en: "The shift is {shift_state} and cannot be {event}."
            )
        case .providerReceiptCannot:
            Phrase(
                vi: "Biên lai của nhà cung cấp {provider_receipt_state}: không thể {event} lần nữa.",
                en: "The provider's receipt cannot be {event} again: {provider_receipt_state}."
            )
        case .platformPaymentCannot:
            Phrase(
                vi: "Lần thanh toán qua nền tảng {platform_state}: không thể {event}.",
                en: "The attempt at the platform cannot be {event}: {platform_state}."
            )
        case .messageCannot:
            Phrase(
                vi: "Tin nhắn {message_state}: không thể {event}.",
                en: "The message is {message_state} and cannot be {event}."
            )
        case .remittanceCannot:
            Phrase(
                vi: "Không thể {event} lệnh nộp ngân sách này: {remittance_state}.",
                en: "The order to the Treasury cannot be {event}: {remittance_state}."
            )
        case .deliveryCannot:
            Phrase(
                vi: "Lần gửi {delivery_state}: không thể {event}.",
                en: "The delivery is {delivery_state} and cannot be {event}."
            )
        default: nil
        }
    }
}
