public import Values

/// How a provider signs, what its messages contain, and what response it expects. Each profile has its own file.
public enum CallbackProfile: String, Sendable, CaseIterable {
    case standard, payos, vnpay, momo, zalopay, casso, timestamped, rfc9421
    case sepay, onepay, vnptpay, viettel, keypay, keypay3, vietqr, vietinbank, appotapay, shopeepay
    case ninepay = "9pay"
    case nationalPlatform = "national-platform"

    /// The signed field by which a gateway says for which of its merchants it took the money; `nil` for the profiles whose
    /// messages name the bank account instead.
    public var merchantField: String? {
        switch self {
        case .momo: "partnerCode"
        case .vnpay: "vnp_TmnCode"
        case .zalopay: "app_id"
        default: dialect?.meaning.merchant
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
        let isByGET = connection.profile.allowsGET
        guard message.method == "POST" || (isByGET && message.method == "GET") else {
            throw .unproved(
                .methodNotAllowed,
                "method",
                Phrase(
                    vi: "thông báo gửi bằng POST\(isByGET ? " hoặc GET" : "")",
                    en: "notices come by POST\(isByGET ? " or GET" : "")"
                )
            )
        }
        if let dialect = connection.profile.dialect { return try dialect.verify(message, connection, now) }
        return switch connection.profile {
        case .standard: try StandardProfile.verify(message, connection, now)
        case .payos: try PayOSProfile.verify(message, connection)
        case .vnpay: try VNPayProfile.verify(message, connection)
        case .momo: try MoMoProfile.verify(message, connection)
        case .zalopay: try ZaloPayProfile.verify(message, connection)
        case .casso: try CassoProfile.verify(message, connection)
        case .timestamped: try TimestampedProfile.verify(message, connection, now)
        case .rfc9421: try MessageSignatureProfile.verify(message, connection, now)
        default: preconditionFailure("\(connection.profile) is declared nowhere")
        }
    }

    /// Whether notices may also come by GET, with everything in the query.
    public var allowsGET: Bool {
        switch dialect?.carrier {
        case .form?: true
        case .json?, .formOrJSON?, .wrapped?: false
        case nil: self == .vnpay
        }
    }

    /// Returns the response to a result, in the form that the provider expects.
    ///
    /// - Parameters:
    ///   - message: what is answered, for senders that want some of it back; `nil` if it could not be read.
    ///   - secrets: the connection's, for senders that want a signed answer: the first signs.
    public func acknowledge(
        _ result: CallbackResult,
        in language: Language = .vietnamese,
        to message: SignedMessage? = nil,
        secrets: [CallbackSecret] = [],
        now: Instant = .now()
    ) -> Acknowledgement {
        if let dialect {
            return dialect.acknowledge(result, message, secrets.first, now, language)
        }
        switch self {
        case .payos, .casso: return SuccessAcknowledgement.make(result, language)
        case .vnpay: return VNPayProfile.acknowledge(result)
        case .momo: return MoMoProfile.acknowledge(result, language)
        case .zalopay: return ZaloPayProfile.acknowledge(result, language)
        default: return PlainAcknowledgement.make(result, language)
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
