/// What a provider says of a receipt.
public enum ProviderAnswer: Sendable, Hashable {
    /// It has the receipt.
    case numbered(form: String, serial: String, number: String)
    /// It took a receipt back.
    case cancelled
    /// It knows of no receipt with this key.
    case unknown
    /// It did not do it, and says why; the words are for the operator.
    case refused(String)
    /// Whether it did it is not known: it said nothing in time, or nothing that can be read.
    case silent(String)
}
