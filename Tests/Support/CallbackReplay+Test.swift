public import Collection

extension CallbackReplay {
    /// By whomever.
    public func replay(_ id: ID) async throws -> String { try await replay(id, by: .setter) }
}
