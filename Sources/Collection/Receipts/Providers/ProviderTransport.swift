/// Carries messages to providers and their answers back. It follows no redirects and ends an exchange that takes too long.
/// It is implemented outside Collection, which does no networking except with the database.
public protocol ProviderTransport: Sendable {
    /// Returns what the other side answered, of which at most 4 MiB is read.
    func exchange(_ message: EventMessage) async -> (answer: EventAnswer, body: [UInt8])
}
