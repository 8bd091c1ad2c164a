/// The states of a payment request and the one table of changes allowed between them.
///
/// The database enforces the same table (`payment_request_transition`), a test holds the two together, and
/// `khop states` draws the diagram in docs/ from it.
public enum PaymentRequestState: String, Sendable, CaseIterable {
    case pending, paid, expired, cancelled
    case partiallyRefunded = "partially_refunded"
    case refunded

    public struct Transition: Sendable, Hashable {
        public let from: PaymentRequestState
        public let event: String
        public let to: PaymentRequestState
    }

    public static let transitions: [Transition] = [
        Transition(from: .pending, event: "pay", to: .paid),
        Transition(from: .pending, event: "expire", to: .expired),
        Transition(from: .pending, event: "cancel", to: .cancelled),
        Transition(from: .expired, event: "pay_within_grace", to: .paid),
        Transition(from: .paid, event: "refund_part", to: .partiallyRefunded),
        Transition(from: .paid, event: "refund_all", to: .refunded),
        Transition(from: .partiallyRefunded, event: "refund_rest", to: .refunded),
    ]

    /// The table as a Mermaid state diagram.
    public static var diagram: String {
        let states = Set(transitions.map(\.from))
        let ends = allCases.filter { !states.contains($0) }
        return
            (["stateDiagram-v2", "    [*] --> pending: create", "    [*] --> paid: create, nothing due"]
            + transitions.map { "    \($0.from.rawValue) --> \($0.to.rawValue): \($0.event)" }
            + ends.map { "    \($0.rawValue) --> [*]" }).joined(separator: "\n") + "\n"
    }
}
