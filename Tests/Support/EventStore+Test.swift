public import Collection

/// Events sent again in tests, by whomever.
extension EventStore {
    public func redeliver(_ id: Int64, endpoint: String? = nil, within scope: Scope = Scope()) async throws -> Event {
        try await redeliver(id, endpoint: endpoint, within: scope, by: .setter)
    }

    public func redeliverDead(endpoint: String? = nil) async throws -> Int {
        try await redeliverDead(endpoint: endpoint, by: .setter)
    }
}
