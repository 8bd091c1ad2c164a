// Stands in for the module Cryptography when ops/fuzz builds the parsers: a fuzzer cannot sign, so every signature holds
// while `isProved` is set, and what lies behind the signature is reached. Nothing else is built with it.

/// Whether signatures and digests hold.
nonisolated(unsafe) public var isProved = true

/// A secret under which everything is signed, or nothing.
public struct MACKey: Sendable {
    private let bytes: [UInt8]
    public init(_ bytes: [UInt8]) { self.bytes = bytes }
    public static func random(byteCount: Int = 32) -> MACKey { MACKey([UInt8](repeating: 7, count: byteCount)) }
    public func withBytes<Value>(_ body: ([UInt8]) throws -> Value) rethrows -> Value { try body(bytes) }
    public func sha256(_ message: [UInt8]) -> [UInt8] { SHA256.hash(message) }
    public func sha1(_ message: [UInt8]) -> [UInt8] { SHA256.hash(message) }
    public func code(of message: [UInt8], _ hash: MessageHash) -> [UInt8] { hash.hash(message) }
    public func sha512(_ message: [UInt8]) -> [UInt8] { SHA256.hash(message) + SHA256.hash(message) }
    public func verifies(_ code: [UInt8], of message: [UInt8]) -> Bool { isProved }
    public func verifiesSHA512(_ code: [UInt8], of message: [UInt8]) -> Bool { isProved }
}

/// One function for all.
public enum MessageHash: String, Sendable, CaseIterable {
    case sha1, sha256, sha512
    public func hash(_ message: [UInt8]) -> [UInt8] { SHA256.hash(message) }
}

/// A key that is never there.
public final class RSAKey: Sendable {
    public static let minimumBits = 2048
    public let isPrivate = false
    public let endsAt: Int64? = nil
    public static func read(pem: String) -> RSAKey? { nil }
    public func verifies(_ signature: [UInt8], of message: [UInt8], _ hash: MessageHash) -> Bool { isProved }
    public func sign(_ message: [UInt8], _ hash: MessageHash) -> [UInt8]? { nil }
}

public func base64(_ bytes: [UInt8]) -> String { String(repeating: "A", count: bytes.count) }

/// Writes bytes as lowercase hex digits.
public func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}

/// Some hash: 32 bytes of FNV-1a.
public struct SHA256: Sendable {
    public static let byteCount = 32
    private var state: UInt64 = 14_695_981_039_346_656_037
    public init() {}

    public mutating func update(_ piece: [UInt8]) {
        for byte in piece { state = (state ^ UInt64(byte)) &* 1_099_511_628_211 }
    }

    public mutating func finalize() -> [UInt8] {
        (0..<32).map { UInt8(truncatingIfNeeded: state >> (UInt64($0 % 8) * 8)) }
    }

    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finalize()
    }
}

public func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool { isProved || left == right }

public func randomBytes(_ count: Int) -> [UInt8] { [UInt8](repeating: 7, count: count) }
