/// A fee for a service (phí) or a charge fixed by law (lệ phí): Law on Fees and Charges 97/2015/QH13, article 3.
public enum FeeKind: String, Sendable, CaseIterable {
    case fee, charge
}
