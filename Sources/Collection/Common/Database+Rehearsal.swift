import Postgres

/// What was found; thrown, so that the locks taken for it are let go and nothing is kept.
private struct Found<Value: Sendable>: Error { let value: Value }

extension Database {
    /// Works something out as it would be done; nothing is kept.
    func rehearsing<Value: Sendable>(_ work: @Sendable (borrowing Transaction) throws -> Value) async throws -> Value {
        do {
            return try await transaction { tx -> Value in throw Found(value: try work(tx)) }
        } catch let found as Found<Value> { return found.value }
    }
}
