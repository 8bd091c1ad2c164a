/// The maximum lengths of a line's texts, in Unicode scalars.
enum StatementText {
    static let transactionID = 100
    static let counterpartyName = 500
    static let counterpartyAccount = 100
    static let counterpartyBank = 200
    static let memo = 2000
}

extension StringProtocol {
    /// The text without white space at either end.
    var trimmed: String {
        // Nearly every text is empty, or begins and ends with a visible ASCII character.
        if let first = utf8.first, let last = unicodeScalars.last?.value, (0x21..<0x7F).contains(first),
            (0x21..<0x7F).contains(last)
        {
            return String(self)
        }
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
