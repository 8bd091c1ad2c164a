import Foundation
import Identity
import JWTKit
import Values

/// The public keys that a provider signs with (RFC 7517), and what they prove.
struct ProviderKeys: Sendable {
    private let keys: [JSON]
    /// More are not looked at.
    private static let maximumKeys = 50
    /// A longer token is none.
    static let maximumTokenBytes = 32 << 10

    /// Returns `nil` unless it is a set of keys.
    init?(_ json: JSON) {
        guard let keys = json["keys"]?.array, keys.count <= ProviderKeys.maximumKeys else { return nil }
        self.keys = keys
    }

    /// The signatures that are believed, and the keys that make them. What needs a secret of both sides (HS256), and none
    /// at all, prove nothing.
    private static let algorithms: [String: (type: String, curve: String?)] = [
        "RS256": ("RSA", nil), "RS384": ("RSA", nil), "RS512": ("RSA", nil), "PS256": ("RSA", nil),
        "PS384": ("RSA", nil), "PS512": ("RSA", nil), "ES256": ("EC", "P-256"), "ES384": ("EC", "P-384"),
        "ES512": ("EC", "P-521"), "EdDSA": ("OKP", "Ed25519"),
    ]

    /// What the head of a token says of its signature.
    struct Head: Sendable {
        let algorithm: String
        let keyID: String?

        /// Throws ``ProviderFault`` for what is no token, or is signed in a way that proves nothing.
        init(_ token: String) throws(ProviderFault) {
            let parts = token.split(separator: ".", omittingEmptySubsequences: false)
            guard token.utf8.count <= ProviderKeys.maximumTokenBytes, parts.count == 3,
                let head = ProviderKeys.json(parts[0]), let algorithm = head["alg"]?.string
            else { throw .malformed }
            // What it says must be understood for the token to be believed is not.
            guard ProviderKeys.algorithms[algorithm] != nil, head["crit"] == nil else { throw .algorithm }
            self.algorithm = algorithm
            keyID = head["kid"]?.string
        }
    }

    /// Nothing: the claims are read from the bytes whose signature was checked.
    private struct Unread: JWTPayload {
        func verify(using algorithm: some JWTAlgorithm) async throws {}
    }

    /// The claims of a token if one of the keys has signed it; `nil` if none has.
    func claims(of token: String, _ head: Head) async throws(ProviderFault) -> IDTokenClaims? {
        for key in keys where ProviderKeys.fits(key, head) {
            guard let signer = await ProviderKeys.signer(key, head.algorithm) else { continue }
            do { _ = try await signer.verify(token, as: Unread.self) } catch { continue }
            let parts = token.split(separator: ".", omittingEmptySubsequences: false)
            guard let json = ProviderKeys.json(parts[1]), let claims = IDTokenClaims(json) else { throw .malformed }
            return claims
        }
        return nil
    }

    /// Whether a key is for such a signature, and is the one that the token names.
    private static func fits(_ key: JSON, _ head: Head) -> Bool {
        guard let wanted = algorithms[head.algorithm], key["kty"]?.string == wanted.type,
            key["crv"]?.string == wanted.curve || wanted.curve == nil, key["use"]?.string ?? "sig" == "sig",
            key["alg"]?.string ?? head.algorithm == head.algorithm,
            head.keyID == nil || key["kid"]?.string == head.keyID
        else { return false }
        // 2048 bits, the least that is believed of RSA.
        let modulus = key["n"]?.string.flatMap { Base64URL.decode($0) }?.drop { $0 == 0 }
        return wanted.type != "RSA" || (256...1024).contains(modulus?.count ?? 0)
    }

    /// Only what a public key is made of is passed on, for one algorithm alone.
    private static func signer(_ key: JSON, _ algorithm: String) async -> JWTKeyCollection? {
        let parts = ["kty", "crv", "n", "e", "x", "y"].compactMap { name in
            key[name]?.string.map { JSON.Member(name, .string($0)) }
        }
        let published = JSON.object(parts + [.init("alg", .string(algorithm)), .init("kid", "key")])
        do {
            let read = try JSONDecoder().decode(JWK.self, from: Data(published.bytes))
            return try await JWTKeyCollection().add(jwk: read, isDefault: true)
        } catch {
            return nil
        }
    }

    /// A part of a token.
    fileprivate static func json(_ part: some StringProtocol) -> JSON? {
        guard let bytes = Base64URL.decode(part) else { return nil }
        do { return try JSON.parse(bytes) } catch { return nil }
    }
}
