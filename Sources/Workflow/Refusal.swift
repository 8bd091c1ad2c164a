/// A refusal of a request: its reason and its kind.
public struct Refusal: Error, Sendable, Hashable {
    /// What prevents it.
    public enum Kind: Sendable, Hashable {
        /// An argument: the JSON pointer of its field.
        case field(String)
        /// The current state of its subject.
        case state
        /// The person who asks; somebody else may do it.
        case person
    }

    public let kind: Kind
    public let reason: Reason

    public init(_ kind: Kind, _ reason: Reason) {
        self.kind = kind
        self.reason = reason
    }
}
