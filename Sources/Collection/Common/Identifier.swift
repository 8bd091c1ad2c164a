public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension UUID {
    /// A version 7 UUID (RFC 9562): 48 bits of milliseconds and 74 random bits, so that later keys sort later and
    /// indexes grow at their end.
    public static func version7(at instant: Instant) -> UUID {
        let milliseconds = UInt64(instant.microseconds / 1000)
        var generator = SystemRandomNumberGenerator()
        let random = (generator.next(), generator.next())
        func byte(_ value: UInt64, _ shift: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: value >> shift) }
        return UUID(
            uuid: (
                byte(milliseconds, 40), byte(milliseconds, 32), byte(milliseconds, 24), byte(milliseconds, 16),
                byte(milliseconds, 8), byte(milliseconds, 0),
                0x70 | (byte(random.0, 0) & 0x0F), byte(random.0, 8),
                0x80 | (byte(random.0, 16) & 0x3F), byte(random.0, 24), byte(random.0, 32), byte(random.0, 40),
                byte(random.1, 0), byte(random.1, 8), byte(random.1, 16), byte(random.1, 24)
            )
        )
    }

    /// Lowercase, as it is written in answers.
    public var text: String { uuidString.lowercased() }
}

/// Random text that cannot be guessed: 6 bits a character.
func randomToken(length: Int) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var generator = SystemRandomNumberGenerator()
    return String(decoding: (0..<length).map { _ in alphabet[Int(generator.next() & 63)] }, as: UTF8.self)
}
