public import Cryptography
public import Values

/// Time-based one-time codes (RFC 6238): HMAC-SHA-1, 30 seconds a step, 6 digits.
public enum OneTimeCode {
    public static let stepSeconds: Int64 = 30
    /// How many steps a phone's clock may be off, either way.
    public static let tolerance: Int64 = 1
    /// The length of a secret: that of the hash (RFC 4226 §4).
    public static let secretBytes = 20
    public static let digits = 6

    /// The number of the step that an instant falls in.
    public static func step(at now: Instant) -> Int64 { now.unixSeconds / stepSeconds }

    /// The code of a step, with leading zeros.
    public static func code(_ secret: MACKey, step: Int64) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * Int64($0))) }
        let hash = secret.sha1(counter)
        let offset = Int(hash[19] & 15)
        let number = hash[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let text = String(number % 1_000_000)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The step whose code was given: within the tolerance, and after the last one used, so that no code serves twice.
    ///
    /// - Parameter last: the step of the last code that was taken; 0 if none was.
    public static func accepts(_ code: String, _ secret: MACKey, at now: Instant, after last: Int64) -> Int64? {
        let given = Array(code.utf8)
        guard given.count == digits else { return nil }
        let current = step(at: now)
        // All are computed and compared, so that the time says nothing about which of them it was.
        let matching = (current - tolerance...current + tolerance).filter {
            areEqual(Array(OneTimeCode.code(secret, step: $0).utf8), given)
        }
        return matching.filter { $0 > last }.max()
    }

    /// What an authenticator app scans (the key URI format of `otpauth`).
    ///
    /// - Parameters:
    ///   - issuer: shown by the app; letters, digits and spaces.
    ///   - account: the person's e-mail address.
    public static func uri(secret: [UInt8], issuer: String, account: String) -> String {
        let issuer = issuer.percentEncoded()
        let label = "\(issuer):\(account.percentEncoded())"
        return "otpauth://totp/\(label)?secret=\(Base32.encode(secret))&issuer=\(issuer)"
    }
}
