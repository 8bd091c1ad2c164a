public import Values

/// Why a callback is not believed: what was wrong and what its sender should do. Never quotes a secret.
public struct CallbackRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Reason: String, Sendable, CaseIterable {
        case signatureMissing = "signature_missing"
        case signatureMalformed = "signature_malformed"
        case signatureMismatch = "signature_mismatch"
        case timestampOutOfWindow = "timestamp_out_of_window"
        case bodyMalformed = "body_malformed"
        case fieldMissing = "field_missing"
        case fieldInvalid = "field_invalid"
        case currencyUnsupported = "currency_unsupported"
        case accountMismatch = "account_mismatch"
        /// The message is of another merchant than the connection's.
        case merchantMismatch = "merchant_mismatch"
        case methodNotAllowed = "method_not_allowed"
    }

    public let reason: Reason
    /// A JSON pointer, a parameter's or a header's name.
    public let field: String
    public let message: Phrase
    /// True where the message was not proved to come from the bank; all it says is worth nothing.
    public let isUnproved: Bool

    /// A fault in a message whose sender is proved, or in what a connection is set up with. The reasons that speak of a
    /// signature mark themselves as unproved.
    public init(_ reason: Reason, _ field: String, _ message: Phrase) {
        self.reason = reason
        self.field = field
        self.message = message
        isUnproved = reason.concernsProof
    }

    private init(unproved reason: Reason, _ field: String, _ message: Phrase) {
        self.reason = reason
        self.field = field
        self.message = message
        isUnproved = true
    }

    /// A fault seen before the sender was proved.
    static func unproved(_ reason: Reason, _ field: String, _ message: Phrase) -> CallbackRefusal {
        CallbackRefusal(unproved: reason, field, message)
    }

    public var description: String { "\(reason.rawValue): \(field): \(message[.english])" }
}

extension CallbackRefusal.Reason {
    fileprivate var concernsProof: Bool {
        switch self {
        case .signatureMissing, .signatureMalformed, .signatureMismatch, .timestampOutOfWindow, .methodNotAllowed: true
        case .bodyMalformed, .fieldMissing, .fieldInvalid, .currencyUnsupported, .accountMismatch, .merchantMismatch:
            false
        }
    }
}

extension CallbackRefusal {
    /// No secret in force makes the signature that was offered.
    static func mismatch(_ field: String) -> CallbackRefusal {
        .unproved(
            .signatureMismatch,
            field,
            Phrase(
                vi:
                    "không chữ ký nào đúng với khóa bí mật của kết nối này: nội dung có bị thay đổi, hoặc khóa đã được thay không?",
                en: "no signature is valid under this connection's secret: was the body changed, or the secret rotated?"
            )
        )
    }
}
