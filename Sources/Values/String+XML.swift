extension String {
    /// The text as content or as an attribute of XML 1.0: markup and quotes escaped. What XML cannot hold, control characters
    /// above all, becomes a space, so that words stay apart; so does a carriage return, which no reader would give back.
    public var escapedForXML: String {
        var out = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&apos;"
            case "\t", "\n", "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
                out.unicodeScalars.append(scalar)
            default: out += " "
            }
        }
        return out
    }
}
