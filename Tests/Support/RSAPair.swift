import Foundation
import PureSupport

/// A pair of keys made by the program of OpenSSL for one run of the tests: none stands in the repository.
public struct RSAPair: Sendable {
    /// In PEM.
    public let publicKey: String
    /// In PEM.
    public let privateKey: String

    /// As a connection holds them; in the tests the bank and we share one pair.
    public var secret: String { publicKey + privateKey }

    /// Three of them.
    public static let pairs: [RSAPair] = (0..<3).map { _ in
        do { return try RSAPair(bits: 2048) } catch { preconditionFailure("openssl made no keys: \(error)") }
    }

    /// Makes a pair of so many bits.
    public init(bits: Int) throws {
        let made = try OtherProgram.run(
            "openssl",
            ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:\(bits)"]
        )
        privateKey = String(decoding: made, as: UTF8.self)
        publicKey = String(decoding: try OtherProgram.run("openssl", ["pkey", "-pubout"], input: made), as: UTF8.self)
    }
}
