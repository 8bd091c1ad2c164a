import Casework
import Collection

/// Words enough for tests that are not about words.
struct PlainComposer: MessageComposer {
    func compose(_ message: OutgoingMessage) -> ComposedMessage {
        ComposedMessage(
            id: message.id,
            kind: message.kind,
            channel: message.channel,
            language: message.language,
            address: message.address,
            subject: message.kind.rawValue,
            text: "\(message.amount.dong) \(message.remaining.dong)",
            short: message.kind.rawValue,
            unsubscribeURL: message.unsubscribeToken
        )
    }
}
