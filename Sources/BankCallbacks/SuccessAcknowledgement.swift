import Values

/// `{"success": true}` once the message is recorded (payOS, Casso). After any status other than 2xx they send it again.
enum SuccessAcknowledgement {
    static func make(_ result: CallbackResult, _ language: Language) -> Acknowledgement {
        switch result {
        case .recorded, .probe: .json(["success": true])
        case .conflict, .refused, .unavailable, .failed: PlainAcknowledgement.make(result, language)
        }
    }
}
