public import Casework
public import Values

/// A message that is about to be sent: what it tells, and whom.
public struct OutgoingMessage: Sendable {
    public let id: Int64
    public let kind: MessageKind
    public let channel: ContactChannel
    public let language: Language
    /// Personal: never in a log.
    public let address: String
    /// What came in all, or what went back.
    public let amount: Money
    /// What remains to be paid, or what is too much.
    public let remaining: Money
    public let madeAt: Instant
    /// What the link for unsubscribing ends in.
    public let unsubscribeToken: String
    /// As it stands now.
    public let request: PaymentRequest

    public init(
        id: Int64,
        kind: MessageKind,
        channel: ContactChannel,
        language: Language,
        address: String,
        amount: Money,
        remaining: Money,
        madeAt: Instant,
        unsubscribeToken: String,
        request: PaymentRequest
    ) {
        (self.id, self.kind, self.channel, self.language, self.address) = (id, kind, channel, language, address)
        (self.amount, self.remaining, self.madeAt) = (amount, remaining, madeAt)
        (self.unsubscribeToken, self.request) = (unsubscribeToken, request)
    }
}
