public import Values
public import Workflow

/// How the money of a refund is paid.
public enum RefundPayee: Sendable, Hashable {
    /// By the bank, in a payment file.
    case transfer(Beneficiary)
    /// By a person, expressly outside the payment file; the payee may be known.
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

    /// Throws a refusal if it cannot be paid.
    public func requirePayable(amount: Money) throws(Refusal) { try beneficiary?.requirePayable() }
}
