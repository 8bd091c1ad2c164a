public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The filters of a list or a report under a name, of one person.
public struct SavedView: Sendable {
    public let id: UUID
    public let name: String
    /// The path and the query of a page of the console.
    public let address: String
    public let createdAt: Instant

    public init(id: UUID, name: String, address: String, createdAt: Instant) {
        self.id = id
        self.name = name
        self.address = address
        self.createdAt = createdAt
    }
}
