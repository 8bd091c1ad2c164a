/// Sends messages. It follows no redirects, ends an exchange that takes too long, and reads little of an answer. It is
/// implemented outside Collection, which does no networking except with the database.
public protocol EventSender: Sendable {
    func send(_ message: EventMessage) async -> EventAnswer
}
