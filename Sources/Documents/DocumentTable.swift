/// A table of a document.
public struct DocumentTable: Sendable {
    public struct Column: Sendable {
        public let title: RichText
        /// The part of the width that the column takes, relative to the others.
        public let share: Double
        public let alignment: Alignment

        /// - Parameter share: more than 0.
        public init(_ title: RichText, share: Double = 1, _ alignment: Alignment = .leading) {
            self.title = title
            self.share = share
            self.alignment = alignment
        }
    }

    public struct Cell: Sendable, ExpressibleByStringLiteral {
        public let text: RichText
        /// How many columns the cell takes, from its own on.
        public let span: Int
        /// Where it stands; the column says so if this is `nil`.
        public let alignment: Alignment?

        /// - Parameter span: 1 or more.
        public init(_ text: RichText, span: Int = 1, _ alignment: Alignment? = nil) {
            self.text = text
            self.span = span
            self.alignment = alignment
        }

        public init(_ text: String) { self.init(RichText(text)) }

        public init(stringLiteral text: String) { self.init(RichText(text)) }
    }

    public let columns: [Column]
    /// The rows; the spans of a row's cells add up to the number of columns, or the rest stays empty.
    public var rows: [[Cell]]
    /// The last rows, in bold, which never stand alone at the head of a page.
    public var totals: [[Cell]]

    public init(_ columns: [Column], rows: [[Cell]], totals: [[Cell]] = []) {
        self.columns = columns
        self.rows = rows
        self.totals = totals
    }
}
