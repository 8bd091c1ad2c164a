import Collection

/// The error that work is refused with; `nil` if it was not.
func refused(_ work: () async throws -> some Any) async -> ServiceError? {
    do {
        _ = try await work()
        return nil
    } catch { return error as? ServiceError }
}
