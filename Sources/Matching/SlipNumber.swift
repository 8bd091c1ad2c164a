/// The number on the slip of a card terminal or of a bank's teller, as a statement's memo may repeat it: in capitals or
/// not, and with other marks between its parts.
struct SlipNumber: Hashable {
    /// Its runs of letters and digits, in capitals: `GNT-77` is `GNT`, `77`.
    let parts: [String]

    /// `nil` for a number that says too little by itself: one of fewer than four letters and digits, or without a digit.
    init?(_ text: String) {
        parts = SlipNumber.words(of: text)
        let characters = parts.joined()
        guard characters.count >= 4, characters.contains(where: \.isNumber) else { return nil }
    }

    /// The number on the slip of what a counter entered; `nil` if it has none that can be looked for.
    init?(of notice: OpenNotice) {
        guard notice.isOfCounter, !notice.bankReference.hasPrefix("counter:") else { return nil }
        self.init(notice.bankReference)
    }

    static func words(of text: String) -> [String] {
        text.uppercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// Whether it stands in a text as a whole, in its parts or in one word.
    func stands(in words: [String]) -> Bool {
        guard parts.count <= words.count || words.contains(parts.joined()) else { return false }
        if words.contains(parts.joined()) { return true }
        return (0...(words.count - parts.count)).contains { words[$0..<($0 + parts.count)].elementsEqual(parts) }
    }
}
