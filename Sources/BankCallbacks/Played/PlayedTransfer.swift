/// One transfer that citizens made, and what their bank says of it.
public struct PlayedTransfer: Sendable, Hashable {
    public let kind: TransferKind
    public let payment: PlayedPayment
    public let payer: String
    public let payerAccount: String

    public init(kind: TransferKind, payment: PlayedPayment, payer: String, payerAccount: String) {
        (self.kind, self.payment, self.payer, self.payerAccount) = (kind, payment, payer, payerAccount)
    }

    /// How often the bank tells of it.
    public var times: Int {
        switch kind {
        case .silent: 0
        case .twice: 2
        default: 1
        }
    }

    /// Whether the account got the money, so that its statement has it.
    public var isInStatement: Bool { kind != .otherAccount }
}
