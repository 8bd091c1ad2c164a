public import BankCallbacks

/// A way a bank or gateway reports to us.
public struct BankConnection: Sendable {
    public let id: Int32
    public internal(set) var settings: ConnectionSettings
    /// Who gives out the ids of the transactions that it reports.
    public internal(set) var issuerID: Int32
    public let bankLedgerAccount: Int32
    public let suspenseLedgerAccount: Int32
    public let isDisabled: Bool
}
