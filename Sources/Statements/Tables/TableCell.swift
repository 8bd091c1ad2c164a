import Values

/// A cell of a table, from a text file or a spreadsheet.
struct TableCell: Hashable {
    enum Kind: Hashable {
        case text
        /// A number as stored by the spreadsheet, `115000` or `1.15E5`.
        case number
        /// A number that the spreadsheet displays as a date.
        case time(Instant)
    }

    let text: String
    let kind: Kind

    init(_ text: String, _ kind: Kind = .text) {
        self.text = text
        self.kind = kind
    }

    static let empty = TableCell("")

    var isEmpty: Bool { text.allSatisfy(\.isWhitespace) }
}
