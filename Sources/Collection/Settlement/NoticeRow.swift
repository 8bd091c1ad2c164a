import Postgres
public import Settlement
import Values

/// A verified notice to be settled: the notice, and what is stored with it.
public struct NoticeRow: Sendable {
    public var notice: Notice
    /// The connection that brought a callback; otherwise `nil`.
    public var connectionID: Int32?
    public var memo: String?
    /// Headers and body as received, sealed.
    package var raw: [UInt8]?
    /// The ledger account that receives the money.
    public var debitAccount: Int32
    /// The suspense account of the account that received the money.
    public var suspenseAccount: Int32

    public init(
        _ notice: Notice,
        connectionID: Int32? = nil,
        memo: String? = nil,
        debitAccount: Int32,
        suspenseAccount: Int32
    ) {
        self.notice = notice
        self.connectionID = connectionID
        self.memo = memo
        self.debitAccount = debitAccount
        self.suspenseAccount = suspenseAccount
    }
}
