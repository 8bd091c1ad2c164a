/// Sends messages by one channel. It is implemented outside Collection, which does no networking except with the database.
public protocol MessageSender: Sendable {
    /// Sends once, and says what became of it.
    func send(_ message: ComposedMessage) async -> MessageAnswer
}
