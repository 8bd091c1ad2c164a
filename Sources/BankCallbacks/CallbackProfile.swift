import Cryptography
public import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How a provider signs, what it says, and what it wants to hear. One file each.
public enum CallbackProfile: String, Sendable, CaseIterable {
    case standard, timestamped

    /// How far a timestamp may be off, either way.
    static let toleranceSeconds: Int64 = 300
}

/// A secret as a connection holds it; never printed.
public struct CallbackSecret: Sendable, CustomStringConvertible {
    let key: MACKey
    public var description: String { "(secret)" }

    /// Reads a secret from its text, as the provider hands it out.
    public init(profile: CallbackProfile, text: String) throws(CallbackRefusal) {
        switch profile {
        case .standard:
            let encoded = text.hasPrefix("whsec_") ? String(text.dropFirst(6)) : text
            guard let data = Data(base64Encoded: encoded), data.count >= 16 else {
                throw CallbackRefusal(
                    .fieldInvalid,
                    "secret",
                    "the secret must be whsec_ and at least 16 bytes in base64, as the bank gave it"
                )
            }
            key = MACKey(Array(data))
        case .timestamped:
            guard text.utf8.count >= 8 else {
                throw CallbackRefusal(.fieldInvalid, "secret", "the secret must have at least 8 characters")
            }
            key = MACKey(Array(text.utf8))
        }
    }
}

/// What a connection knows when a message comes in.
public struct ConnectionSettings: Sendable {
    public var name: String
    public var profile: CallbackProfile
    /// In force now: one, or two while a rotation is under way; either verifies.
    public var secrets: [CallbackSecret]
    /// The account the connection reports on.
    public var accountNumber: String
    /// The header with the signature, for profiles that leave it open.
    public var signatureHeader: String?

    public init(
        name: String,
        profile: CallbackProfile,
        secrets: [CallbackSecret],
        accountNumber: String,
        signatureHeader: String? = nil
    ) {
        self.name = name
        self.profile = profile
        self.secrets = secrets
        self.accountNumber = accountNumber
        self.signatureHeader = signatureHeader
    }
}

extension CallbackProfile {
    /// Proves a message and reads it, in this order: nothing unproved is read for its meaning.
    public static func verify(
        _ message: SignedMessage,
        connection: ConnectionSettings,
        now: Instant
    ) throws(CallbackRefusal) -> CallbackContent {
        switch connection.profile {
        case .standard: try StandardProfile.verify(message, connection, now)
        case .timestamped: try TimestampedProfile.verify(message, connection, now)
        }
    }
}

/// Throws where a timestamp lies more than five minutes from now, either way.
func checkWindow(_ seconds: Int64, _ now: Instant, header: String) throws(CallbackRefusal) {
    let distance = now.unixSeconds.subtractingReportingOverflow(seconds)
    guard !distance.overflow, distance.partialValue.magnitude <= UInt64(CallbackProfile.toleranceSeconds) else {
        throw CallbackRefusal(
            .timestampOutOfWindow,
            header,
            "the message was signed more than \(CallbackProfile.toleranceSeconds / 60) minutes from now: sign it afresh, and check the clock"
        )
    }
}

/// Digits only, as timestamps are written; `nil` for anything else.
func wholeNumber(_ text: some StringProtocol) -> Int64? {
    guard (1...18).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int64(text)
}

/// The bytes of hex digits in either case; `nil` for anything else.
func bytes(hex: some StringProtocol) -> [UInt8]? {
    let digits = Array(hex.utf8)
    guard !digits.isEmpty, digits.count.isMultiple(of: 2), digits.count <= 256 else { return nil }
    func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 48...57: digit - 48
        case 65...70: digit - 55
        case 97...102: digit - 87
        default: nil
        }
    }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
        guard let high = value(digits[index]), let low = value(digits[index + 1]) else { return nil }
        bytes.append(high << 4 | low)
    }
    return bytes
}
