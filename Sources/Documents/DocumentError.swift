/// Why a document could not be made.
public enum DocumentError: Error, Hashable, CustomStringConvertible {
    /// The fonts of Debian's `fonts-liberation2` are not on this machine.
    case fontMissing(path: String)
    /// Something that stands in one piece is higher than a page.
    case tooHigh
    /// More pages than ``Document/maximumPages``.
    case tooLong
    /// Cairo refused; its own words.
    case notDrawn(String)

    public var description: String {
        switch self {
        case .fontMissing(let path): "the font \(path) is missing: install the Debian package fonts-liberation2"
        case .tooHigh: "a part of the document that must stand in one piece is higher than a page"
        case .tooLong: "the document has more than \(Document.maximumPages) pages"
        case .notDrawn(let reason): "the PDF could not be drawn: \(reason)"
        }
    }
}
