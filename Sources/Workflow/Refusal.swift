/// A decision against what was asked: why, and what kind of refusal it is.
public struct Refusal: Error, Sendable, Hashable {
    /// What stands in the way.
    public enum Kind: Sendable, Hashable {
        /// A value that was given: the JSON pointer of its field.
        case field(String)
        /// The state of what it is about, as it is now.
        case state
        /// Who asks: somebody else may.
        case person
    }

    public let kind: Kind
    public let reason: Reason

    public init(_ kind: Kind, _ reason: Reason) {
        self.kind = kind
        self.reason = reason
    }
}
