public import Values

/// What the conformance lab found out about one message.
public struct LabReport: Sendable {
    /// One fault: what it is, where, and what the sender's engineer does about it.
    public struct Finding: Sendable, Hashable {
        public let fault: LabFault
        /// A field, header or parameter; empty for the whole message.
        public let field: String
        /// What is wrong and the cure.
        public let sentence: Phrase
    }

    /// One field as it was read.
    public struct Reading: Sendable, Hashable {
        public let name: String
        public let value: String
    }

    public let profile: CallbackProfile
    /// Whether there was a secret to check the signature with; without one only what ought to be signed is told.
    public let isChecked: Bool
    /// Whether the signature holds and is fresh.
    public let isVerified: Bool
    /// Whether a connection would take the message as it is.
    public var isAccepted: Bool { isVerified && findings.isEmpty }
    /// Whether it is a provider's test, without a payment.
    public let isProbe: Bool
    /// The text that this profile signs; `nil` where the message lacks what it is made of. Has no secret: where one is glued on,
    /// its place is marked.
    public let signed: String?
    /// How it is signed, in words.
    public let method: Phrase
    public let readings: [Reading]
    public let findings: [Finding]
    /// The profiles that this message would fit, where it does not fit this one.
    public let fits: [CallbackProfile]

    /// What came out, in a sentence.
    public var verdict: Phrase {
        if !isChecked {
            return Phrase(
                vi: "Chưa kiểm tra chữ ký: không có khóa bí mật.",
                en: "The signature was not checked: there is no secret."
            )
        }
        if isAccepted {
            return isProbe
                ? Phrase(vi: "Đúng: một thông điệp thử, không có tiền.", en: "Right: a test message without money.")
                : Phrase(vi: "Đúng: callback này được nhận.", en: "Right: this callback would be taken.")
        }
        return isVerified
            ? Phrase(
                vi: "Chữ ký đúng, nhưng callback không được nhận:",
                en: "The signature holds, but it would not be taken:"
            )
            : Phrase(vi: "Chữ ký không đúng:", en: "The signature does not hold:")
    }

    /// As the command and the API print it.
    public var json: JSON {
        [
            "profile": .string(profile.rawValue), "verified": isChecked ? .bool(isVerified) : .null,
            "accepted": isChecked ? .bool(isAccepted) : .null,
            "probe": .bool(isProbe), "strength": .string(profile.strength.rawValue), "signed": .optional(signed),
            "fields": .object(readings.map { JSON.Member($0.name, .string($0.value)) }),
            "faults": .array(
                findings.map {
                    [
                        "code": .string($0.fault.rawValue), "field": .string($0.field),
                        "vi": .string($0.sentence[.vietnamese]), "en": .string($0.sentence[.english]),
                    ]
                }
            ),
            "fits": .array(fits.map { .string($0.rawValue) }),
        ]
    }
}
