/// Whether the headings of an unknown table stand in two rows.
enum GuessedHeader {
    /// The lower one of two rows of headings; `nil` if one row has them all.
    ///
    /// - Parameter columns: the cells of the lines, column by column.
    static func pair(_ rows: [[TableCell]], above firstLine: Int, _ columns: [[TableCell]]) -> Int? {
        let near = max(1, firstLine - 3)..<max(1, firstLine)
        // Not the row that only counts the columns.
        guard let lower = near.last(where: { row in rows[row].contains { hasLetters($0) } }),
            rows[lower].allSatisfy(isHeading), rows[lower - 1].allSatisfy(isHeading)
        else { return nil }
        let (upper, under) = (rows[lower - 1], rows[lower])
        func has(_ cells: [TableCell], _ place: Int) -> Bool { place < cells.count && hasLetters(cells[place]) }
        let used = columns.indices.filter { place in columns[place].contains { !$0.isEmpty } }
        let (above, below) = (used.filter { has(upper, $0) }, used.filter { has(under, $0) })
        guard above.count >= 2, !below.isEmpty else { return nil }
        let (single, double) = (TableHeadings(under).folded, TableHeadings(under, above: upper).folded)
        func repeated(_ headings: [String]) -> Int {
            let named = used.compactMap { $0 < headings.count && !headings[$0].isEmpty ? headings[$0] : nil }
            return named.count - Set(named).count
        }
        // A heading of both rows, and others below one that spans them.
        let isMerged =
            above.contains { !has(under, $0) } && below.count >= 2 && above.count + below.count > used.count
            && used.allSatisfy { has(upper, $0) || has(under, $0) }
        // `Số tiền` below both `Nợ` and `Có`.
        let isSpanned = repeated(single) > repeated(double)
        // Vietnamese above English.
        let isInTwoLanguages = above.count >= 3 && above == below
        return isMerged || isSpanned || isInTwoLanguages ? lower : nil
    }

    private static func hasLetters(_ cell: TableCell) -> Bool { cell.text.contains(where: \.isLetter) }

    /// Neither an amount, nor a day, nor something that is told of the table.
    private static func isHeading(_ cell: TableCell) -> Bool {
        if case .text = cell.kind {} else { return cell.isEmpty }
        let text = cell.text
        return cell.isEmpty || (!text.contains(":") && text.count { $0.isNumber } < 4 && text.utf8.count <= 120)
    }
}
