public import Collection
public import Foundation

extension PaymentRequests {
    /// By whomever.
    public func cancel(_ id: UUID) async throws -> PaymentRequest { try await cancel(id, by: .setter) }
}
