import Values

/// The headings of a row that may be the header of a table, compared with what a mapping asks for.
struct TableHeadings {
    let folded: [String]

    /// - Parameter above: the row above, if its headings span columns of this one: `Phát sinh` above `Nợ` and `Có`.
    init(_ cells: [TableCell], above: [TableCell]? = nil) {
        folded = Self.texts(cells, above: above).map(Self.folded)
    }

    /// The headings as they are written: each with that of the row above which spans it.
    static func texts(_ cells: [TableCell], above: [TableCell]?) -> [String] {
        guard let above else { return cells.map(\.text) }
        var span = ""
        return (0..<max(cells.count, above.count)).map { index in
            let upper = index < above.count && !folded(above[index].text).isEmpty ? above[index].text : ""
            let lower = index < cells.count && !folded(cells[index].text).isEmpty ? cells[index].text : ""
            if !upper.isEmpty { span = upper }
            return lower.isEmpty ? upper : span.isEmpty ? lower : span + " " + lower
        }
    }

    /// A heading without the marks of its footnotes, `(*)`.
    private static func folded(_ text: String) -> String {
        let folded = StatementMapping.folded(text)
        return folded.contains("(*") ? folded.replacing(/\(\*+\)/, with: "") : folded
    }

    /// Where the columns of a mapping are, and which of its columns must be found but are not.
    struct Found {
        var positions: [StatementMapping.Column: Int] = [:]
        var missing: [StatementMapping.Column] = []
        /// Columns of money or time whose heading stands above two columns.
        var doubled: [StatementMapping.Column] = []
    }

    /// Returns `nil` if this is not the mapping's header.
    func find(_ mapping: StatementMapping) -> Found? {
        guard mapping.header.allSatisfy({ forms in forms.contains { folded.contains($0) } }) else { return nil }
        var found = Found()
        for (column, source) in mapping.columns {
            switch source {
            case .position(let position): found.positions[column] = position
            case .headings(let headings):
                let heading = headings.first { folded.contains($0) }
                found.positions[column] = heading.flatMap { folded.firstIndex(of: $0) }
                guard Self.required.contains(column) else { continue }
                if let heading {
                    if folded.firstIndex(of: heading) != folded.lastIndex(of: heading) { found.doubled.append(column) }
                } else {
                    found.missing.append(column)
                }
            }
        }
        found.missing.sort { $0.rawValue < $1.rawValue }
        return found
    }

    /// Without one of these an amount, its direction or its day would be a different one.
    private static let required: Set<StatementMapping.Column> = [
        .bookedAt, .amount, .sign, .debit, .credit, .fee, .tax, .account, .fromAccount, .toAccount,
    ]
}
