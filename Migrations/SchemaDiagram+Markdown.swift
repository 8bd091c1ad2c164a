extension SchemaDiagram {
    static func text(
        subjects: [(name: String, tables: [String])],
        columns: [Column],
        references: [Reference]
    ) -> String {
        let known = Set(subjects.flatMap(\.tables))
        let references = references.filter { known.contains($0.child) && known.contains($0.parent) }
        var text = "## All tables\n\n" + overview(subjects: subjects, references: references)
        for (name, tables) in subjects {
            let own = references.filter { tables.contains($0.child) }
            text += "\n## \(name.prefix(1).uppercased() + name.dropFirst())\n\n"
            text += drawing(columns: columns.filter { tables.contains($0.table) }, references: own)
        }
        return text
    }

    /// Every table once, and one line between two tables however many columns lead there.
    private static func overview(subjects: [(name: String, tables: [String])], references: [Reference]) -> String {
        var lines: [String] = []
        var drawn: Set<[String]> = []
        for reference in references where drawn.insert([reference.child, reference.parent]).inserted {
            let columns = references.filter { $0.child == reference.child && $0.parent == reference.parent }
            lines.append("    \(reference.line) : \"\(columns.map(\.column).joined(separator: ", "))\"\n")
        }
        let related = Set(references.flatMap { [$0.child, $0.parent] })
        for table in subjects.flatMap(\.tables) where !related.contains(table) { lines.append("    \(table)\n") }
        return fenced(lines.joined())
    }

    private static func drawing(columns: [Column], references: [Reference]) -> String {
        var text = ""
        var table = ""
        for column in columns {
            if column.table != table {
                if !table.isEmpty { text += "    }\n" }
                table = column.table
                text += "    \(table) {\n"
            }
            text += "        \(plain(column.type)) \(column.name)\(keys(column))\n"
        }
        if !table.isEmpty { text += "    }\n" }
        for reference in references { text += "    \(reference.line) : \(reference.column)\n" }
        return fenced(text)
    }

    private static func keys(_ column: Column) -> String {
        let keys = (column.isKey ? ["PK"] : []) + (column.isReference ? ["FK"] : [])
        return keys.isEmpty ? "" : " " + keys.joined(separator: ", ")
    }

    /// A type's name in one word, as Mermaid wants it.
    private static func plain(_ type: String) -> String {
        type.replacing("timestamp with time zone", with: "timestamptz").replacing(" ", with: "_")
    }

    private static func fenced(_ body: String) -> String { "```mermaid\nerDiagram\n\(body)```\n" }
}
