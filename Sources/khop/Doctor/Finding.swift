import Collection
import Values

/// What `khop doctor` found about one thing.
struct Finding: Sendable {
    /// How good it is.
    enum Level: String, Sendable {
        case ok
        /// It may be meant so, and weakens the installation.
        case weak
        /// Nothing here can tell; somebody has to look.
        case unknown
        /// To be mended; the command ends with 1.
        case wrong
    }

    /// Names the check for programs; never changes.
    let name: String
    let level: Level
    /// What was found.
    let found: Phrase
    /// What to do; `nil` if there is nothing to do.
    let advice: Phrase?

    static func ok(_ name: String, _ found: Phrase) -> Finding {
        Finding(name: name, level: .ok, found: found, advice: nil)
    }

    static func wrong(_ name: String, _ found: Phrase, advice: Phrase) -> Finding {
        Finding(name: name, level: .wrong, found: found, advice: advice)
    }

    static func weak(_ name: String, _ found: Phrase, advice: Phrase) -> Finding {
        Finding(name: name, level: .weak, found: found, advice: advice)
    }

    static func unknown(_ name: String, _ found: Phrase, advice: Phrase) -> Finding {
        Finding(name: name, level: .unknown, found: found, advice: advice)
    }

    var json: JSON {
        [
            "name": .string(name), "level": .string(level.rawValue), "found": .string(found[.ofTerminal]),
            "advice": .optional(advice?[.ofTerminal]),
        ]
    }

    var text: String {
        let mark =
            switch level {
            case .ok: "✓"
            case .weak: "!"
            case .unknown: "?"
            case .wrong: "✗"
            }
        return "\(mark) \(found[.ofTerminal])" + (advice.map { "\n    → " + $0[.ofTerminal] } ?? "")
    }
}
