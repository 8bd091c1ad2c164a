#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A provider of receipts, with whatever interface it has. Each call may fail at any point; what it did then is asked for by
/// the order's key.
public protocol ReceiptProvider: Sendable {
    /// Has a receipt made.
    func issue(_ order: ProviderOrder) async -> ProviderAnswer
    /// Asks for what was made by an order.
    func find(_ key: UUID) async -> ProviderAnswer
    /// Has a receipt made in the place of another.
    func replace(_ former: ProviderOrder.Former, by order: ProviderOrder) async -> ProviderAnswer
    /// Takes a receipt back.
    func cancel(_ former: ProviderOrder.Former, for order: ProviderOrder) async -> ProviderAnswer
    /// The receipt as the provider shows it, as PDF; `nil` if it does not give it.
    func fetch(_ former: ProviderOrder.Former) async -> [UInt8]?
}
