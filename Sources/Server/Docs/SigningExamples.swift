import BankCallbacks
import Collection
import Console
import Values

/// The worked examples of docs/http-api.md, examined by the lab: what each profile signs comes of its own declaration.
enum SigningExamples {
    /// When the examples were sent.
    static let sentAt = Instant(unixSeconds: 1_795_228_200)

    /// A message as it stands in the document.
    struct Written {
        let profile: CallbackProfile
        let secret: String
        let message: String
    }

    /// Reads the document: `**profile** · secret `…`` and a block of HTTP after it.
    static func written(_ text: String) -> [Written] {
        text.matches(of: /\*\*([\w-]+)\*\* · secret `([^`]+)`/).compactMap { head in
            let rest = text[head.range.upperBound...]
            guard let profile = CallbackProfile(rawValue: String(head.1)),
                let block = rest.firstMatch(of: /```http\n((?s:.*?))\n```/)
            else { return nil }
            return Written(profile: profile, secret: String(head.2), message: String(block.1))
        }
    }

    /// The examples in the order of the document.
    ///
    /// - Throws: what is wrong with one of them, which a test would have found.
    static func all(in language: Language) throws -> [SigningExample] {
        let text = String(decoding: PackageResources.signing_examples_md, as: UTF8.self)
        return try written(text).map { example in
            let captured = CapturedMessage(
                Array(example.message.utf8),
                isByGET: example.profile.allowsGET
            )
            let settings = ConnectionSettings(
                name: "my-bank",
                profile: example.profile,
                secrets: [try CallbackSecret(profile: example.profile, text: example.secret)],
                accountNumber: CallbackLab.namedAccount(captured.message) ?? "0801000567890"
            )
            let report = CallbackLab.examine(
                captured.message,
                connection: settings,
                secrets: [example.secret],
                now: sentAt
            )
            guard report.isAccepted else {
                let told = report.findings.map { $0.sentence[.english] }.joined(separator: " ")
                throw ServiceError(
                    .internalFailure,
                    Phrase(
                        vi: "Ví dụ của \(example.profile.rawValue) không được nhận. \(told)",
                        en: "The example of \(example.profile.rawValue) is not taken. \(told)"
                    )
                )
            }
            return SigningExample(
                profile: example.profile.rawValue,
                how: report.method[language],
                secret: example.secret,
                message: example.message,
                signed: report.signed,
                fields: report.readings.map { ($0.name, $0.value) }
            )
        }
    }
}
