import CSodium

/// Hashes of passwords: Argon2id (RFC 9106), by libsodium. A hash is text that holds its own salt and parameters.
public enum PasswordHash {
    /// How much work a hash takes.
    public struct Cost: Sendable, Hashable {
        /// Passes over the memory.
        public let passes: UInt64
        public let memoryBytes: Int

        /// libsodium's recommendation for logins: 2 passes over 64 MiB, more than OWASP's least of 19 MiB.
        public static let standard = Cost(passes: 2, memoryBytes: 64 << 20)
        /// The least that libsodium takes; for tests alone.
        public static let minimum = Cost(passes: 1, memoryBytes: 8192)

        public init(passes: UInt64, memoryBytes: Int) {
            self.passes = passes
            self.memoryBytes = memoryBytes
        }
    }

    private static let isReady: Bool = sodium_init() >= 0

    /// A new hash with a random salt; `nil` if there is not enough memory.
    public static func hash(_ password: String, cost: Cost = .standard) -> String? {
        precondition(isReady, "libsodium could not be initialised")
        var text = [CChar](repeating: 0, count: crypto_pwhash_strbytes())
        let bytes = Array(password.utf8).map { CChar(bitPattern: $0) }
        let status = crypto_pwhash_str(&text, bytes, UInt64(bytes.count), cost.passes, cost.memoryBytes)
        guard status == 0 else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether a hash is of the password; `false` for anything that is no hash.
    public static func verifies(_ hash: String, _ password: String) -> Bool {
        precondition(isReady, "libsodium could not be initialised")
        let text = Array(hash.utf8)
        guard text.count < crypto_pwhash_strbytes(), !text.contains(0) else { return false }
        var padded = text.map { CChar(bitPattern: $0) }
        padded += [CChar](repeating: 0, count: crypto_pwhash_strbytes() - padded.count)
        let bytes = Array(password.utf8).map { CChar(bitPattern: $0) }
        return crypto_pwhash_str_verify(padded, bytes, UInt64(bytes.count)) == 0
    }

    /// Whether a hash was made at another cost, and should be made again when the password is next at hand.
    public static func isOutdated(_ hash: String, cost: Cost) -> Bool {
        precondition(isReady, "libsodium could not be initialised")
        return hash.withCString { crypto_pwhash_str_needs_rehash($0, cost.passes, cost.memoryBytes) } != 0
    }
}
