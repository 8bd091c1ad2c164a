/// An element of a document's structure, as PDF names it (ISO 32000-1 §14.8.4), which screen readers follow.
struct Tag: Hashable {
    enum Kind: String {
        case heading = "H1"
        case subheading = "H2"
        case paragraph = "P"
        case table = "Table"
        case row = "TR"
        case headCell = "TH"
        case cell = "TD"
        case division = "Div"
        case section = "Sect"
    }

    let kind: Kind
    /// Tells one element from the next of its kind.
    let id: Int
}
