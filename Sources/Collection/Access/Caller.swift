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

    public init(keyID: UUID, role: Role, name: String, localityCode: String?) {
        self.keyID = keyID
        self.role = role
        self.name = name
        self.localityCode = localityCode
    }
}
