import Values

/// The marks by which a column says of an amount whether it is a credit or a debit.
public struct SignMarks: Sendable, Hashable {
    public var credit: [String]
    public var debit: [String]

    public init(credit: [String], debit: [String]) { (self.credit, self.debit) = (credit, debit) }

    /// What banks write: credits beside debits.
    private static let known: [(credit: String, debit: String)] = [
        ("C", "D"), ("C", "N"), ("CR", "DR"), ("Có", "Nợ"), ("+", "-"), ("+", "−"), ("+", "–"), ("Ghi có", "Ghi nợ"),
        ("PS Có", "PS Nợ"),
        ("GC", "GN"), ("Credit", "Debit"), ("CRDT", "DBIT"), ("Thu", "Chi"), ("Tiền vào", "Tiền ra"), ("In", "Out"),
        ("Vào", "Ra"), ("Tăng", "Giảm"), ("Cộng", "Trừ"), ("CK đến", "CK đi"),
    ]

    /// Returns `nil` unless every cell has a mark, and all are of the same kind. Where all are credits, both kinds that have
    /// this mark count: the debits are still to come.
    init?(_ cells: [TableCell]) {
        let folded = Set(cells.map { StatementMapping.folded($0.text) })
        guard !cells.isEmpty, !folded.contains("") else { return nil }
        let kinds = Self.known.filter { kind in
            folded.isSubset(of: [StatementMapping.folded(kind.credit), StatementMapping.folded(kind.debit)])
        }
        guard !kinds.isEmpty else { return nil }
        var (credit, debit): ([String], [String]) = ([], [])
        for kind in kinds {
            if !credit.contains(kind.credit) { credit.append(kind.credit) }
            if !debit.contains(kind.debit) { debit.append(kind.debit) }
        }
        self.init(credit: credit, debit: debit)
    }

    /// Whether a cell marks a debit, a credit (`false`), or neither (`nil`).
    func isDebit(_ cell: TableCell) -> Bool? {
        let folded = StatementMapping.folded(cell.text)
        if debit.contains(where: { StatementMapping.folded($0) == folded }) { return true }
        return credit.contains { StatementMapping.folded($0) == folded } ? false : nil
    }

    /// Reads what somebody typed: marks with commas between them.
    public static func typed(_ text: String) -> [String] {
        text.split { ",;|".contains($0) }.map { String($0).trimming() }.filter { !$0.isEmpty }
    }
}
