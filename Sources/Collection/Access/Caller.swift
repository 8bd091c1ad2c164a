#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Who calls: the holder of an API key.
public struct Caller: Sendable, Hashable {
    public let keyID: UUID
    public let role: Role
    public let name: String
    /// The code of the locality the holder is bound to; `nil` for all.
    public let localityCode: String?
    /// The first key of the same holder: a portal that changes its key keeps its requests and endpoints.
    public let holderID: UUID
    /// The hosts that a payment page may lead back to.
    public let returnHosts: [String]

    public init(
        keyID: UUID,
        role: Role,
        name: String,
        localityCode: String?,
        holderID: UUID? = nil,
        returnHosts: [String] = []
    ) {
        self.keyID = keyID
        self.role = role
        self.name = name
        self.localityCode = localityCode
        self.holderID = holderID ?? keyID
        self.returnHosts = returnHosts
    }

    /// Whose requests and events alone the caller sees: a portal its own; `nil` for all.
    public var onlyOf: UUID? { role == .portal ? holderID : nil }
}
