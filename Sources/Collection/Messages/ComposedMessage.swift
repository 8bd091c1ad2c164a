public import Casework
public import Values

/// A message in words, ready to be sent.
public struct ComposedMessage: Sendable, Hashable {
    /// That of its row; the same however often it is tried.
    public let id: Int64
    public let kind: MessageKind
    public let channel: ContactChannel
    public let language: Language
    /// Where it goes. Personal: never in a log.
    public let address: String
    public let subject: String
    /// The whole of it, for a letter.
    public let text: String
    /// In one sentence, for a telephone.
    public let short: String
    /// Where one press ends such messages.
    public let unsubscribeURL: String
    /// What a declared template may fill in, by name.
    public let fields: [String: String]

    public init(
        id: Int64,
        kind: MessageKind,
        channel: ContactChannel,
        language: Language,
        address: String,
        subject: String,
        text: String,
        short: String,
        unsubscribeURL: String,
        fields: [String: String] = [:]
    ) {
        (self.id, self.kind, self.channel, self.language, self.address) = (id, kind, channel, language, address)
        (self.subject, self.text, self.short) = (subject, text, short)
        (self.unsubscribeURL, self.fields) = (unsubscribeURL, fields)
    }
}
