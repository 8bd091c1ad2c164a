/// Tables for a terminal.
public enum TextTable {
    /// Aligns rows, the first of which is the header; numbers to the right unless their column is left-aligned.
    public static func render(_ rows: [[String]], leftAligned: Set<Int> = [0], ruleBeforeLast: Bool = false) -> String {
        guard let header = rows.first else { return "" }
        let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        func line(_ row: [String]) -> String {
            var cells: [String] = []
            for (column, text) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - text.count)
                cells.append(leftAligned.contains(column) ? text + padding : padding + text)
            }
            var joined = cells.joined(separator: "  ")
            while joined.last == " " { joined.removeLast() }
            return joined
        }
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "──")
        var lines = [line(header), rule]
        for (index, row) in rows.dropFirst().enumerated() {
            if ruleBeforeLast, index == rows.count - 2 { lines.append(rule) }
            lines.append(line(row))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
