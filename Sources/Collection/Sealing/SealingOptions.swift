public import Cryptography

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// With what the history is sealed.
public struct SealingOptions: Sendable {
    /// Signs the seals; never in the database.
    public let key: SigningKey
    /// Public keys of earlier seals.
    public var formerKeys: [VerificationKey]
    /// Where seals are told outside of the database.
    public var witness: SealWitness
    /// Where another agency is told of them; `nil` for none.
    public var witnessURL: String?

    /// The public key in base64.
    public var publicKey: String { Data(key.verification.bytes).base64EncodedString() }

    public init(key: SigningKey, formerKeys: [VerificationKey] = [], witness: SealWitness = SealWitness(folder: nil)) {
        self.key = key
        self.formerKeys = formerKeys
        self.witness = witness
    }
}
