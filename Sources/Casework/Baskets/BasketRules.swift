public import Values
public import Workflow

/// Which requests may be paid together, and when that ends.
public enum BasketRules {
    /// How many requests a basket may have.
    public static let size = 2...50

    /// Whether requests may be paid with one code: all collect on one account, wait for money, and are in no other basket
    /// that is open.
    ///
    /// - Parameter asked: until when the code is to be shown.
    /// - Returns: until when it is shown: at most until the first of the requests expires.
    /// - Throws: the first request that does not fit, by its place.
    public static func make(of members: [BasketMember], until asked: Instant) throws(Refusal) -> Instant {
        var seen: Set<String> = []
        for (index, member) in members.enumerated() {
            let field = Refusal.Kind.field("/payment_requests/\(index)")
            guard seen.insert(member.reference).inserted else {
                throw Refusal(field, .basketRequestRepeated(member.reference))
            }
            guard member.waits else {
                throw Refusal(field, .basketRequestClosed(member.reference, state: member.state))
            }
            guard member.hasCode else {
                throw Refusal(field, .basketAtCounter(member.reference, channel: member.channel))
            }
            if let first = members.first,
                first.accountNumber != member.accountNumber || first.bankBIN != member.bankBIN
            {
                throw Refusal(
                    field,
                    .basketOfOtherAccount(
                        member.reference,
                        collectsOn: member.accountNumber,
                        basket: first.accountNumber
                    )
                )
            }
            if let other = member.openBasket {
                throw Refusal(field, .basketRequestTaken(member.reference, by: other))
            }
        }
        return members.map(\.expiresAt).reduce(asked, min)
    }

    /// Whether a basket may be cancelled: not one that is paid. One that is partly paid may be; what it paid stays paid.
    public static func cancel(_ state: BasketState, _ reference: String, received: Money) throws(Refusal) {
        guard state != .paid else { throw Refusal(.state, .basketNotOpen(reference, received: received)) }
    }
}
