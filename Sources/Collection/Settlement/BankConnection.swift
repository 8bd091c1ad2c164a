public import BankCallbacks

/// A way a bank or gateway reports to us.
public struct BankConnection: Sendable {
    public let id: Int32
    public let settings: ConnectionSettings
    public let bankLedgerAccount: Int32
    public let suspenseLedgerAccount: Int32
    public let isDisabled: Bool
}
