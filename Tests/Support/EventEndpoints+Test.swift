public import Collection
public import Foundation

/// Endpoints of tests, whoever sets them up.
extension EventEndpoints {
    public func add(name: String, url: String, types: [String]?, portal: UUID? = nil, secret: String?) async throws
        -> Opened
    {
        try await add(name: name, url: url, types: types, portal: portal, secret: secret, by: .setter)
    }

    public func enable(_ name: String) async throws -> EventEndpoint { try await enable(name, by: .setter) }

    public func disable(_ name: String, note: String) async throws -> EventEndpoint {
        try await disable(name, note: note, by: .setter)
    }

    public func remove(_ name: String) async throws { try await remove(name, by: .setter) }

    public func rotate(_ name: String, secret: String?, dropOld: Bool) async throws -> Opened {
        try await rotate(name, secret: secret, dropOld: dropOld, by: .setter)
    }
}
