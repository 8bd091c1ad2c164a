import Values

/// How wide a text is drawn, near enough to cut it or to keep out of its way: a page is made without knowing the reader's font.
enum TextWidth {
    /// In pixels, on the wide side of what a font without serifs takes.
    static func of(_ text: some StringProtocol, size: Double = 13) -> Double {
        text.reduce(0) { $0 + share($1) } * size
    }

    /// The text, cut with an ellipsis where it is wider than that.
    static func cut(_ text: String, to width: Double, size: Double = 13) -> String {
        guard of(text, size: size) > width else { return text }
        var left = text[...]
        while !left.isEmpty, of(left, size: size) + size > width { left.removeLast() }
        return left.trimming() + "…"
    }

    /// Of the font's size.
    private static func share(_ character: Character) -> Double {
        switch character {
        case "i", "í", "ì", "ỉ", "ĩ", "ị", "l", "j", "I", "f", "t", "r", " ", ".", ",", ":", ";", "'", "|", "(", ")",
            "-":
            0.36
        case "m", "w", "M", "W", "%", "…", "—": 0.95
        default: character.isUppercase ? 0.74 : 0.6
        }
    }
}
