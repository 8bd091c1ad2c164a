import Casework
public import Collection
import Mustache
import PaymentQR
public import Values

/// Puts messages to payers into words: a template for each kind and language, whose first line is the subject, the second the
/// sentence for a telephone, and the rest the letter.
public struct MessageTemplates: MessageComposer {
    private let installation: Installation
    private let publicURL: String
    private let mode: InstallationMode
    private let library: MustacheLibrary

    /// By the name that they are rendered by.
    private static let templates: [(name: String, bytes: [UInt8])] = [
        ("paid_vi", PackageResources.message_paid_vi_mustache),
        ("paid_en", PackageResources.message_paid_en_mustache),
        ("part_paid_vi", PackageResources.message_part_paid_vi_mustache),
        ("part_paid_en", PackageResources.message_part_paid_en_mustache),
        ("too_much_vi", PackageResources.message_too_much_vi_mustache),
        ("too_much_en", PackageResources.message_too_much_en_mustache),
        ("refunded_vi", PackageResources.message_refunded_vi_mustache),
        ("refunded_en", PackageResources.message_refunded_en_mustache),
        ("expires_tomorrow_vi", PackageResources.message_expires_tomorrow_vi_mustache),
        ("expires_tomorrow_en", PackageResources.message_expires_tomorrow_en_mustache),
        ("message_foot_vi", PackageResources.message_foot_vi_mustache),
        ("message_foot_en", PackageResources.message_foot_en_mustache),
    ]

    /// - Parameters:
    ///   - publicURL: the beginning of every link; messages lead nowhere else.
    ///   - mode: messages of a test installation say that they are.
    public init(_ installation: Installation, publicURL: String, mode: InstallationMode = .live) throws {
        (self.installation, self.publicURL, self.mode) = (installation, publicURL, mode)
        var library = MustacheLibrary()
        for (name, bytes) in MessageTemplates.templates {
            try library.register(String(decoding: bytes, as: UTF8.self), named: name)
        }
        self.library = library
    }

    /// Why a message cannot be put into words: a template is broken.
    struct Unwritten: Error {}

    public func compose(_ message: OutgoingMessage) throws -> ComposedMessage {
        let words = MessageWords(message, installation, publicURL: publicURL)
        let name = "\(message.kind.rawValue)_\(message.language.rawValue)"
        guard let text = library.render(words, withTemplate: name) else { throw Unwritten() }
        let mark = mode == .test ? "[TEST] " : ""
        let lines = text.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
        guard lines.count == 3, !lines[0].isEmpty, !lines[1].isEmpty else { throw Unwritten() }
        return ComposedMessage(
            id: message.id,
            kind: message.kind,
            channel: message.channel,
            language: message.language,
            address: message.address,
            subject: mark + lines[0],
            text: (mode == .test ? InstallationMode.mark[message.language] + "\n\n" : "") + lines[2],
            short: mark + lines[1],
            unsubscribeURL: words.unsubscribe,
            fields: words.fields
        )
    }
}
