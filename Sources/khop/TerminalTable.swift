import Collection
import Values

/// A table for the terminal, with headings in its language.
struct TerminalTable {
    struct Column {
        let title: Phrase
        let isNumber: Bool

        static func text(_ vi: String, _ en: String) -> Column {
            Column(title: Phrase(vi: vi, en: en), isNumber: false)
        }

        static func number(_ vi: String, _ en: String) -> Column {
            Column(title: Phrase(vi: vi, en: en), isNumber: true)
        }
    }

    let columns: [Column]
    let rows: [[String]]

    init(_ columns: [Column], _ rows: [[String]]) {
        self.columns = columns
        self.rows = rows
    }

    /// The table in aligned columns; if the terminal is too narrow for that, one block per row, one line per column.
    var text: String { text(width: Terminal.width) }

    func text(width: Int?, in language: Language = .ofTerminal) -> String {
        let heads = columns.map { $0.title[language] }
        let left = Set(columns.indices.filter { !columns[$0].isNumber })
        let table = TextTable.render([heads] + rows, leftAligned: left)
        let widest = table.split(separator: "\n").map(\.count).max() ?? 0
        guard let width, widest > width else { return table }
        let head = heads.map(\.count).max() ?? 0
        return rows.map { block(heads, $0, indent: head + 2) }.joined(separator: "\n")
    }

    private func block(_ heads: [String], _ row: [String], indent: Int) -> String {
        var text = ""
        for (name, value) in zip(heads, row) where !value.isEmpty {
            text += name + String(repeating: " ", count: indent - name.count) + value + "\n"
        }
        return text
    }
}
