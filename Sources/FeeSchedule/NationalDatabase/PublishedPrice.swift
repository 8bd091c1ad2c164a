public import Values

/// A price as the national database of procedures has it: text that people wrote (`không`, `20.000`, `8.000 đồng/bản`).
public enum PublishedPrice: Sendable, Hashable {
    /// Nothing is to be paid, and the text says so.
    case free
    /// One amount, of what the text names behind a stroke (`bản`); `nil` if it names nothing.
    case amount(Money, per: String?)
    /// The text is empty: the database does not say.
    case notStated
    /// Something that is not one amount, such as a range or a reference to a table; as it was written.
    case unclear(String)

    /// Reads the field `SOTIEN`.
    ///
    /// Points and commas count as separators of thousands alone: what would be a fraction is unclear, for no price has one.
    public init(_ text: String) {
        let written = text.trimming()
        guard !written.isEmpty else {
            self = .notStated
            return
        }
        let lowered = written.lowercased()
        if PublishedPrice.wordsForFree.contains(lowered) {
            self = .free
            return
        }
        guard let match = lowered.wholeMatch(of: /([0-9][0-9.,]*)\s*(?:đồng|đ|vnđ|vnd|₫)?\s*(?:\/\s*(.{1,60}))?/),
            let dong = Money.parse(String(match.1).trimming()) ?? Money(printed: String(match.1).trimming())
        else {
            self = .unclear(written)
            return
        }
        self = dong == .zero ? .free : .amount(dong, per: match.2.map { String($0).trimming() })
    }

    /// The amount; `nil` if the text says none.
    public var money: Money? {
        switch self {
        case .free: .zero
        case .amount(let money, _): money
        case .notStated, .unclear: nil
        }
    }

    private static let wordsForFree: Set<String> = [
        "không", "không thu", "không có", "không thu phí", "không thu lệ phí", "không mất phí", "miễn phí",
        "miễn lệ phí",
        "miễn thu", "0 đồng",
    ]
}
