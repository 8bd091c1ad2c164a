public import Casework
import Cryptography
import Identity
public import Values

/// Where somebody wants to be told of a request.
public struct WantedContact: Sendable, Hashable {
    public let channel: ContactChannel
    /// In its plain form.
    public let address: String
    public let language: Language

    /// Returns `nil` for what is no address of that kind.
    public init?(_ channel: ContactChannel, _ typed: String, in language: Language) {
        let plain = channel == .email ? EmailAddress(typed)?.text : PhoneNumber(typed)?.text
        guard let plain else { return nil }
        (self.channel, address, self.language) = (channel, plain, language)
    }

    /// What an address of a kind must be.
    public static func form(_ channel: ContactChannel) -> Phrase {
        channel == .email
            ? Phrase(
                vi: "phải là một địa chỉ e-mail, như nguyenvanan@example.vn",
                en: "must be an e-mail address, such as nguyenvanan@example.vn"
            )
            : Phrase(
                vi: "phải là số di động Việt Nam, như 0912345678 hoặc +84912345678",
                en: "must be a Vietnamese mobile number, such as 0912345678 or +84912345678"
            )
    }

    /// Reads `notify` of an order: who pays agreed to it at the portal.
    static func read(_ body: inout BodyReader) -> [WantedContact] {
        guard let notify = body.optionalObject("notify") else { return [] }
        let path = "/notify"
        let named = body.optionalText("language", 2, in: notify, under: path)
        let language = named.map { Language(rawValue: $0) } ?? .vietnamese
        if language == nil { body.fault(path + "/language", .oneOf(Language.allCases.map(\.rawValue))) }
        var found: [WantedContact] = []
        for (member, channel) in [("email", ContactChannel.email), ("phone", .sms), ("zalo", .zalo)] {
            guard let typed = body.optionalText(member, 254, in: notify, under: path) else { continue }
            if let contact = WantedContact(channel, typed, in: language ?? .vietnamese) {
                found.append(contact)
            } else {
                body.fault("\(path)/\(member)", form(channel))
            }
        }
        return found
    }

    /// As a new request takes it along.
    func json(_ box: SecretBox) -> JSON {
        [
            "channel": .string(channel.rawValue), "address": .string(address),
            "mark": .string(hexadecimal(box.mark(ofContact: address, by: channel.rawValue))),
            "language": .string(language.rawValue),
        ]
    }
}
