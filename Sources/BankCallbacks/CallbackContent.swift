/// The content of a verified message.
public enum CallbackContent: Sendable, Hashable {
    case notice(BankNotice)
    /// Correctly signed, but without a payment: the test that a provider sends when a webhook is set up.
    case probe
}
