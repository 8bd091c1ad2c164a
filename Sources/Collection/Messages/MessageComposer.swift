/// Puts messages into words.
public protocol MessageComposer: Sendable {
    func compose(_ message: OutgoingMessage) throws -> ComposedMessage
}
