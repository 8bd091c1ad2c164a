public import Values

/// How a provider signs, what its messages contain, and what response it expects. Each profile has its own file.
public enum CallbackProfile: String, Sendable, CaseIterable {
    case standard, payos, vnpay, momo, zalopay, casso, timestamped, rfc9421

    /// The signed field by which a gateway says for which of its merchants it took the money; `nil` for the profiles whose
    /// messages name the bank account instead.
    public var merchantField: String? {
        switch self {
        case .momo: "partnerCode"
        case .vnpay: "vnp_TmnCode"
        case .zalopay: "app_id"
        case .standard, .payos, .casso, .timestamped, .rfc9421: nil
        }
    }

    /// How far a timestamp may differ from the current time, in either direction.
    static let toleranceSeconds: Int64 = 300

    /// Verifies a message and then reads it: nothing unverified is interpreted.
    public static func verify(
        _ message: SignedMessage,
        connection: ConnectionSettings,
        now: Instant
    ) throws(CallbackRefusal) -> CallbackContent {
        let isVNPay = connection.profile == .vnpay
        guard message.method == "POST" || (isVNPay && message.method == "GET") else {
            throw .unproved(
                .methodNotAllowed,
                "method",
                Phrase(
                    vi: "thông báo gửi bằng POST\(isVNPay ? " hoặc GET" : "")",
                    en: "notices come by POST\(isVNPay ? " or GET" : "")"
                )
            )
        }
        return switch connection.profile {
        case .standard: try StandardProfile.verify(message, connection, now)
        case .payos: try PayOSProfile.verify(message, connection)
        case .vnpay: try VNPayProfile.verify(message, connection)
        case .momo: try MoMoProfile.verify(message, connection)
        case .zalopay: try ZaloPayProfile.verify(message, connection)
        case .casso: try CassoProfile.verify(message, connection)
        case .timestamped: try TimestampedProfile.verify(message, connection, now)
        case .rfc9421: try MessageSignatureProfile.verify(message, connection, now)
        }
    }

    /// Returns the response to a result, in the form that the provider expects.
    public func acknowledge(_ result: CallbackResult, in language: Language = .vietnamese) -> Acknowledgement {
        switch self {
        case .standard, .timestamped, .rfc9421: PlainAcknowledgement.make(result, language)
        case .payos, .casso: SuccessAcknowledgement.make(result, language)
        case .vnpay: VNPayProfile.acknowledge(result)
        case .momo: MoMoProfile.acknowledge(result, language)
        case .zalopay: ZaloPayProfile.acknowledge(result, language)
        }
    }
}

/// Throws if a timestamp differs from the current time by more than five minutes.
func checkWindow(_ seconds: Int64, _ now: Instant, header: String) throws(CallbackRefusal) {
    let distance = now.unixSeconds.subtractingReportingOverflow(seconds)
    guard !distance.overflow, distance.partialValue.magnitude <= UInt64(CallbackProfile.toleranceSeconds) else {
        throw .unproved(
            .timestampOutOfWindow,
            header,
            Phrase(
                vi:
                    "thông điệp được ký cách hiện tại hơn \(CallbackProfile.toleranceSeconds / 60) phút: hãy ký lại và kiểm tra đồng hồ",
                en:
                    "the message was signed more than \(CallbackProfile.toleranceSeconds / 60) minutes from now: sign it again, and check the clock"
            )
        )
    }
}
