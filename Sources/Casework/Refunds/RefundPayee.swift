public import Values
public import Workflow

/// How the money of a refund is paid.
public enum RefundPayee: Sendable, Hashable {
    /// By the bank, in a payment file.
    case transfer(Beneficiary)
    /// Expressly outside the payment file, by a person; whom it was paid to may be known.
    case byHand(Beneficiary?)

    public var beneficiary: Beneficiary? {
        switch self {
        case .transfer(let beneficiary): beneficiary
        case .byHand(let beneficiary): beneficiary
        }
    }

    public var isByHand: Bool {
        guard case .byHand = self else { return false }
        return true
    }

    /// Throws why it cannot be paid.
    public func requirePayable(amount: Money) throws(Refusal) { try beneficiary?.requirePayable() }
}
