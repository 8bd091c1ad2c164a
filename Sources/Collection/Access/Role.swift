/// The role of an API key's holder. ``Permission`` defines what each role may do.
public enum Role: String, Sendable, CaseIterable {
    case portal, cashier, finance, approver, auditor, admin
    /// A program that sends the bank's statements and does nothing else.
    case feed
}
