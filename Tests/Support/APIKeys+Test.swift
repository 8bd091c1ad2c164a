public import Collection
public import Foundation
public import Identity
public import Values

/// Keys of tests, whoever sets them up.
extension APIKeys {
    public func create(
        role: Role,
        name: String,
        localityCode: String?,
        returnHosts: [String] = [],
        sameAs: UUID? = nil,
        expiresAt: Instant? = nil,
        now: Instant = .now()
    ) async throws -> Created {
        try await create(
            role: role,
            name: name,
            localityCode: localityCode,
            returnHosts: returnHosts,
            sameAs: sameAs,
            expiresAt: expiresAt,
            by: .setter,
            now: now
        )
    }

    public func rotate(_ id: UUID, overlap: Int64, expiresAt: Instant? = nil, now: Instant = .now()) async throws
        -> Created
    {
        try await rotate(id, overlap: overlap, expiresAt: expiresAt, by: .setter, now: now)
    }

    public func revoke(_ id: UUID) async throws { try await revoke(id, by: .setter) }
}
