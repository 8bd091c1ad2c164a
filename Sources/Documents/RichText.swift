import Foundation

/// A text of which parts may be bold or italic. A string literal is plain text; texts are joined with `+`.
///
/// ```swift
/// let line: RichText = "Số tiền: " + .bold("115.000 đồng") + "."
/// ```
///
/// Text is set in Unicode's composed form (NFC). A newline begins a new line; other control characters, and those that
/// would change the direction of the text around them, become spaces: a payer's name cannot rearrange a document.
public struct RichText: Sendable, Hashable, ExpressibleByStringLiteral {
    /// A part of a text in one style.
    struct Run: Sendable, Hashable {
        let text: String
        var isBold = false
        var isItalic = false
        /// The size relative to the text around it.
        var scale = 1.0
    }

    var runs: [Run]

    public init(_ text: String) { runs = [Run(text: RichText.settable(text))] }

    public init(stringLiteral text: String) { self.init(text) }

    private init(runs: [Run]) { self.runs = runs }

    public static func bold(_ text: String) -> RichText { RichText(text).bold }

    public static func italic(_ text: String) -> RichText { RichText(text).italic }

    /// The whole text in bold; what is italic stays so.
    public var bold: RichText { changed { $0.isBold = true } }

    /// The whole text in italics; what is bold stays so.
    public var italic: RichText { changed { $0.isItalic = true } }

    /// The whole text this many times as large as the text around it (0.5 to 3).
    public func scaled(_ factor: Double) -> RichText {
        changed { $0.scale *= min(3, max(0.5, factor)) }
    }

    public static func + (left: RichText, right: RichText) -> RichText { RichText(runs: left.runs + right.runs) }

    /// The text without its styles.
    public var plain: String { runs.map(\.text).joined() }

    /// The parts between its spaces and newlines, each in its style.
    var words: [RichText] {
        runs.flatMap { run in
            run.text.split { $0 == " " || $0 == "\n" }.map { word in
                var part = Run(text: String(word))
                (part.isBold, part.isItalic, part.scale) = (run.isBold, run.isItalic, run.scale)
                return RichText(runs: [part])
            }
        }
    }

    private func changed(_ change: (inout Run) -> Void) -> RichText {
        var copy = self
        for place in copy.runs.indices { change(&copy.runs[place]) }
        return copy
    }

    private static func settable(_ text: String) -> String {
        var clean = String.UnicodeScalarView()
        for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control where scalar != "\n", .format, .surrogate, .lineSeparator, .paragraphSeparator:
                clean.append(" ")
            default: clean.append(scalar)
            }
        }
        return String(clean)
    }
}
