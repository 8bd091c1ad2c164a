public import Casework
public import Collection
public import Values

/// What an installation sends messages by.
public struct MessageSenders: Sendable {
    public let byChannel: [ContactChannel: any MessageSender]

    public init(_ byChannel: [ContactChannel: any MessageSender] = [:]) { self.byChannel = byChannel }

    /// - Parameters:
    ///   - mail: the mail server; `nil` if none is set.
    ///   - name: whom letters are from.
    public init(mail: MailServer?, adapters: [ContactChannel: MessageAdapter], name: Phrase) {
        var senders: [ContactChannel: any MessageSender] = adapters.mapValues { AdapterSender($0) }
        if let mail { senders[.email] = MailSender(mail, name: name) }
        byChannel = senders
    }

    /// Sends a message of its own kind to one address, to see that it arrives.
    public func test(_ contact: WantedContact, publicURL: String, name: String) async -> MessageAnswer {
        guard let sender = byChannel[contact.channel] else { return .failed("nothing is configured that sends it") }
        let mark = InstallationMode.current == .test ? "[TEST] " : ""
        let subject = mark + Phrase(vi: "Tin thử", en: "A test")[contact.language]
        let text = Phrase(
            vi: "Đây là tin thử của \(name). Không cần làm gì.",
            en: "This is a test of \(name). There is nothing to do."
        )[contact.language]
        return await sender.send(
            ComposedMessage(
                id: 0,
                kind: .paid,
                channel: contact.channel,
                language: contact.language,
                address: contact.address,
                subject: subject,
                text: text + "\n",
                short: text,
                unsubscribeURL: publicURL + "/lookup",
                fields: ["name": name, "link": publicURL + "/lookup"]
            )
        )
    }
}
