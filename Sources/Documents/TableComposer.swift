/// Sets a table: one strip a row, but for rows higher than a page, which are torn between lines.
struct TableComposer {
    private let table: DocumentTable
    private let width: Double
    /// Of its letters, in points.
    private let size: Double
    /// The empty border at either side of a cell.
    private let inset: Double
    /// The left borders of the columns, and the right one of the last.
    private let borders: [Double]

    init(_ table: DocumentTable, width: Double, _ composer: Composer) throws {
        self.table = table
        self.width = width
        inset = composer.size * 0.35
        let plain = composer.size * 0.94
        let columns = try ColumnWidths(table, width: width, size: plain, inset: inset, composer.fonts)
        size = plain * columns.scale
        var borders = [0.0]
        for column in columns.widths { borders.append((borders.last ?? 0) + column) }
        self.borders = borders
    }

    func compose(_ composer: inout Composer) throws -> [Strip] {
        guard !table.columns.isEmpty else { return [] }
        let whole = composer.tag(.table)
        let titles = table.columns.map { DocumentTable.Cell($0.title, .centre) }
        let head = composer.glued(try rows(titles, .headCell, isBold: true, whole, &composer))
        var strips: [Strip] = []
        for (place, row) in table.rows.enumerated() {
            var parts = try rows(row, .cell, isBold: false, whole, &composer, below: head)
            if place + 1 == table.rows.count, !table.totals.isEmpty { parts = composer.glued(parts) }
            strips += parts
        }
        for (place, row) in table.totals.enumerated() {
            let parts = try rows(row, .cell, isBold: true, whole, &composer, below: head)
            strips += place + 1 < table.totals.count ? composer.glued(parts) : parts
        }
        for place in strips.indices { strips[place].head = head }
        return head + strips
    }

    /// A text within its columns.
    private struct SetCell {
        let text: SetText
        let left: Double
        let right: Double
    }

    private func rows(
        _ row: [DocumentTable.Cell],
        _ kind: Tag.Kind,
        isBold: Bool,
        _ whole: Tag,
        _ composer: inout Composer,
        below head: [Strip] = []
    ) throws -> [Strip] {
        var (cells, column): ([SetCell], Int) = ([], 0)
        for cell in row where column < table.columns.count {
            let end = min(table.columns.count, column + max(1, cell.span))
            let (left, right) = (borders[column], borders[end])
            let text = try SetText(
                isBold ? cell.text.bold : cell.text,
                size: size,
                width: right - left - 2 * inset,
                cell.alignment ?? table.columns[column].alignment,
                composer.fonts
            )
            cells.append(SetCell(text: text, left: left, right: right))
            column = end
        }
        if column < table.columns.count {
            let empty = try SetText("", size: composer.size, width: 1, .leading, composer.fonts)
            cells.append(SetCell(text: empty, left: borders[column], right: width))
        }
        let limit = composer.page.bodyHeight - head.reduce(0) { $0 + $1.height } - 2 * inset
        let tags = [whole, composer.tag(.row)]
        return torn(cells, limit).map { part in strip(cells, part, kind, tags) }
    }

    /// The ranges of lines that stand in each part of a row; one part unless the row is higher than a page.
    private func torn(_ cells: [SetCell], _ limit: Double) -> [[Range<Int>]] {
        var starts = cells.map { _ in 0 }
        var parts: [[Range<Int>]] = []
        repeat {
            var part: [Range<Int>] = []
            for (place, cell) in cells.enumerated() {
                var (end, height) = (starts[place], 0.0)
                while end < cell.text.lines.count, end == starts[place] || height + cell.text.lines[end].height <= limit
                {
                    height += cell.text.lines[end].height
                    end += 1
                }
                part.append(starts[place]..<end)
                starts[place] = end
            }
            parts.append(part)
        } while zip(starts, cells).contains { $0 < $1.text.lines.count }
        return parts
    }

    private func strip(
        _ cells: [SetCell],
        _ part: [Range<Int>],
        _ kind: Tag.Kind,
        _ tags: [Tag]
    ) -> Strip {
        let heights = zip(cells, part).map { cell, range in cell.text.lines[range].reduce(0) { $0 + $1.height } }
        let height = (heights.max() ?? 0) + 2 * inset
        var marks: [Strip.Mark] = []
        if kind == .headCell { marks.append(.shade(x: 0, y: 0, width: width, height: height)) }
        for (cell, range) in zip(cells, part) {
            marks.append(.begin(kind))
            var top = inset
            for line in cell.text.lines[range] {
                marks.append(.line(line, of: cell.text, x: cell.left + inset, top: top))
                top += line.height
            }
            marks.append(.end(kind))
            marks.append(.stroke(x: cell.left, y: 0, toX: cell.left, toY: height))
        }
        marks += [
            .stroke(x: width, y: 0, toX: width, toY: height), .stroke(x: 0, y: 0, toX: width, toY: 0),
            .stroke(x: 0, y: height, toX: width, toY: height),
        ]
        return Strip(height: height, marks: marks, tags: tags)
    }
}
