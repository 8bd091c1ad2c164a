/// A text for people in both languages.
public struct Phrase: Sendable, Hashable {
    public let vietnamese: String
    public let english: String

    public init(vi: String, en: String) {
        vietnamese = vi
        english = en
    }

    /// A text that reads the same in every language, such as a number or a name.
    public init(same text: String) {
        vietnamese = text
        english = text
    }

    /// Both texts side by side, as printed documents show them; once if they are the same.
    public var both: String { vietnamese == english ? vietnamese : "\(vietnamese) / \(english)" }

    /// The text with something before it that reads the same in both languages, such as the name of a field.
    public func prefixed(by text: String) -> Phrase { Phrase(vi: text + vietnamese, en: text + english) }

    /// The text with something after it that reads the same in both languages.
    public func followed(by text: String) -> Phrase { Phrase(vi: vietnamese + text, en: english + text) }

    public subscript(language: Language) -> String {
        switch language {
        case .vietnamese: vietnamese
        case .english: english
        }
    }
}
