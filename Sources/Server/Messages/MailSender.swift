public import Collection
import Foundation
public import Values

/// Sends letters through a mail server, by libcurl.
public struct MailSender: MessageSender {
    private let server: MailServer
    private let name: Phrase

    /// - Parameter name: whom letters are from, in words of the letter's language.
    public init(_ server: MailServer, name: Phrase) { (self.server, self.name) = (server, name) }

    public func send(_ message: ComposedMessage) async -> MessageAnswer {
        let letter = MailText(message: message, from: server.from, name: name[message.language], at: .now())
        let exchange = MailExchange(server, to: message.address, letter.bytes)
        // It waits for the network: on a thread of its own, for the few that everything shares are not to be held.
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: exchange.perform()) }
        }
    }
}
