public import Values
import Workflow

/// How a basket stands. It is worked out from its requests and never stored, so it cannot differ from them.
public enum BasketState: String, Sendable, Hashable, CaseIterable {
    /// Its code asks for what remains.
    case open
    /// Nothing remains of any of its requests, however they were paid.
    case paid
    /// Its time ran out, or none of its requests can be paid by a code any more.
    case expired
    /// Money that names it is left to a person.
    case cancelled

    /// - Parameter cancelled: whether it was cancelled.
    public static func decide(
        cancelled: Bool,
        expiresAt: Instant,
        _ members: [BasketMember],
        at now: Instant
    ) -> BasketState {
        if cancelled { return .cancelled }
        let isUnpaid = members.contains { ($0.state == .pending || $0.state == .expired) && $0.remaining > .zero }
        if !isUnpaid { return members.allSatisfy { $0.state == .cancelled } ? .expired : .paid }
        return expiresAt > now && members.contains(where: \.waits) ? .open : .expired
    }
}
