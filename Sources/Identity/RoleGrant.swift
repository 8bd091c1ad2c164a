/// A role that somebody holds, everywhere or in one locality and what lies below it.
public struct RoleGrant: Sendable, Hashable {
    public let role: Role
    /// `nil` for every locality.
    public let localityCode: String?

    public init(_ role: Role, in localityCode: String? = nil) {
        self.role = role
        self.localityCode = localityCode
    }
}
