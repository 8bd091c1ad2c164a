/// How wide the columns of a table are, and how large its letters: as their shares say, but never narrower than their
/// longest word, so that lines break between words and not within them.
struct ColumnWidths {
    /// In points, from left to right; they add up to the width of the table.
    let widths: [Double]
    /// The size of the table's letters, relative to what it would be: below 1 where not even the longest words fit.
    let scale: Double

    /// The smallest letters that a table is set in, relative to the others; what does not fit then is torn within words.
    private static let leastScale = 0.7
    /// The most that the words of the rows may ask for a column, of the table's width: a hash is torn.
    private static let mostOfRows = 0.3
    /// As many of the longest words of a column are measured; letters differ in width, but not as much.
    private static let measured = 40

    /// - Parameters:
    ///   - width: of the whole table, in points.
    ///   - size: of the letters, in points.
    ///   - inset: the empty border at either side of a cell.
    init(_ table: DocumentTable, width: Double, size: Double, inset: Double, _ fonts: FontMap) throws {
        let words = try table.columns.indices.map { place in
            let title = try ColumnWidths.longest([table.columns[place].title.bold], size, fonts)
            let rows = ColumnWidths.texts(table, of: place)
            return max(title, min(try ColumnWidths.longest(rows, size, fonts), width * ColumnWidths.mostOfRows))
        }
        let borders = 2 * inset * Double(words.count)
        let need = words.reduce(0, +)
        let fitting = need > 0 ? (width - borders) / need : 1
        let scale = min(1, max(ColumnWidths.leastScale, fitting))
        self.scale = scale
        let floors = words.map { $0 * scale + 2 * inset }
        let all = floors.reduce(0, +)
        guard all < width else {
            widths = floors.map { $0 * width / all }
            return
        }
        widths = ColumnWidths.shared(width, table.columns.map(\.share), floors)
    }

    /// The width by shares; columns that would come below their floor take it, and the others share the rest.
    private static func shared(_ width: Double, _ shares: [Double], _ floors: [Double]) -> [Double] {
        var isFixed = floors.map { _ in false }
        while true {
            let left = zip(isFixed, floors).reduce(width) { $0 - ($1.0 ? $1.1 : 0) }
            let free = zip(isFixed, shares).reduce(0) { $0 + ($1.0 ? 0 : $1.1) }
            let widths = shares.indices.map { isFixed[$0] ? floors[$0] : left * shares[$0] / free }
            guard let short = widths.indices.first(where: { !isFixed[$0] && widths[$0] < floors[$0] }) else {
                return widths
            }
            isFixed[short] = true
        }
    }

    /// What stands in a column alone, in rows and totals.
    private static func texts(_ table: DocumentTable, of column: Int) -> [RichText] {
        func cell(_ row: [DocumentTable.Cell]) -> RichText? {
            var place = 0
            for cell in row {
                if place == column { return cell.span > 1 ? nil : cell.text }
                place += max(1, cell.span)
                if place > column { return nil }
            }
            return nil
        }
        return table.rows.compactMap(cell) + table.totals.compactMap { cell($0)?.bold }
    }

    /// The width of the longest word, in points.
    private static func longest(_ texts: [RichText], _ size: Double, _ fonts: FontMap) throws -> Double {
        let words = Set(texts.flatMap(\.words)).sorted { $0.plain.count > $1.plain.count }.prefix(measured)
        return try words.reduce(0) { widest, word in
            max(widest, try SetText(word, size: size, width: 1, .leading, fonts, tearsWords: false).widest)
        }
    }
}
