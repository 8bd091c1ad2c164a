public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What a provider is to number: a receipt, another in the place of one, or that one is taken back.
public struct ProviderOrder: Sendable {
    /// A receipt that the provider has numbered.
    public struct Former: Sendable, Hashable {
        public let form: String
        public let serial: String
        public let number: String
        public let issuedAt: Instant
    }

    public struct Item: Sendable, Hashable {
        public let name: String
        public let unit: String
        public let quantity: Int64
        public let amount: Money
    }

    public let id: Int64
    /// Ours, the same however often it is sent: by it the provider knows that it is one receipt.
    public let key: UUID
    public let form: String
    public let serial: String
    /// 0: what it replaces is taken back.
    public let amount: Money
    public let madeAt: Instant
    public let isCash: Bool
    public let payerName: String?
    public let dossierCode: String
    public let reference: String
    public let items: [Item]
    public let replaces: Former?
    public let reason: String?

    /// What is done with it.
    var isCancellation: Bool { amount == .zero }
}
