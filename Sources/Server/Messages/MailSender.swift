public import Collection
import Foundation
import Values

/// Sends letters through a mail server, by libcurl.
public struct MailSender: MessageSender {
    private let server: MailServer
    private let name: String

    /// - Parameter name: whom letters are from, in words.
    public init(_ server: MailServer, name: String) { (self.server, self.name) = (server, name) }

    public func send(_ message: ComposedMessage) async -> MessageAnswer {
        let letter = MailText(message: message, from: server.from, name: name, at: .now())
        let exchange = MailExchange(server, to: message.address, letter.bytes)
        // It waits for the network: on a thread of its own, for the few that everything shares are not to be held.
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: exchange.perform()) }
        }
    }
}
