public import Values

/// Why a callback is refused: what was wrong and what its sender should do. Never quotes a secret.
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
    /// A JSON pointer, or the name of a parameter or header.
    public let field: String
    public let message: Phrase
    /// Whether the message could not be verified to come from the bank, so that none of its content can be trusted.
    public let isUnproved: Bool

    /// An error in a message from a verified sender, or in the settings of a connection. Reasons that concern a
    /// signature mark the refusal as unproved.
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

    /// An error found before the sender was verified.
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
    /// No active secret produces the given signature.
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
