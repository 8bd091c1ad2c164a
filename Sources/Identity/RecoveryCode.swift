/// Codes that stand in for an authenticator that was lost: each good once, 80 random bits.
public enum RecoveryCode {
    /// How many a person has.
    public static let count = 10
    public static let byteCount = 10

    /// Four groups of four, as it is shown and written down.
    public static func text(_ bytes: [UInt8]) -> String {
        let plain = Array(Base32.encode(bytes))
        return stride(from: 0, to: plain.count, by: 4).map { String(plain[$0..<min($0 + 4, plain.count)]) }
            .joined(separator: "-")
    }

    /// The code as it is hashed, whatever case and separators it was typed with; `nil` if it cannot be one.
    public static func plain(_ typed: String) -> String? {
        let plain = typed.uppercased().filter { $0 != "-" && $0 != " " }
        guard plain.utf8.count == 16, Base32.decode(plain) != nil else { return nil }
        return plain
    }
}
