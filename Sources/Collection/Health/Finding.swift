public import Values

/// What a look at the installation found about one thing.
public struct Finding: Sendable {
    /// How good it is.
    public enum Level: String, Sendable, CaseIterable {
        case ok
        /// It may be meant so, and weakens the installation.
        case weak
        /// Nothing here can tell; somebody has to look.
        case unknown
        /// To be mended; the command ends with 1.
        case wrong
    }

    /// Names the check for programs; never changes.
    public let name: String
    public let level: Level
    /// What was found.
    public let found: Phrase
    /// What to do; `nil` if there is nothing to do.
    public let advice: Phrase?

    public static func ok(_ name: String, _ found: Phrase) -> Finding {
        Finding(name: name, level: .ok, found: found, advice: nil)
    }

    public static func wrong(_ name: String, _ found: Phrase, advice: Phrase) -> Finding {
        Finding(name: name, level: .wrong, found: found, advice: advice)
    }

    public static func weak(_ name: String, _ found: Phrase, advice: Phrase) -> Finding {
        Finding(name: name, level: .weak, found: found, advice: advice)
    }

    public static func unknown(_ name: String, _ found: Phrase, advice: Phrase) -> Finding {
        Finding(name: name, level: .unknown, found: found, advice: advice)
    }

    public func json(in language: Language) -> JSON {
        [
            "name": .string(name), "level": .string(level.rawValue), "found": .string(found[language]),
            "advice": .optional(advice?[language]),
        ]
    }
}
