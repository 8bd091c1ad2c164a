/// A row of an HTML table while it is read.
struct PageRow {
    var cells: [TableCell] = []
    private(set) var isInCell = false
    var text: [UInt8] = []
    private var columns = 1
    private var rows = 1
    /// The columns that cells of rows above reach into, and for how many rows more.
    private var reaching: [Int: Int] = [:]
    /// Those of this row, for the rows below it.
    private var begun: [Int: Int] = [:]

    mutating func begin(columns: Int, rows: Int) {
        (self.columns, self.rows) = (columns, rows)
        text = []
        isInCell = true
    }

    mutating func endCell() {
        guard isInCell else { return }
        isInCell = false
        while reaching[cells.count] != nil { cells.append(.empty) }
        for index in 0..<columns {
            if rows > 1 { begun[cells.count] = rows - 1 }
            cells.append(index == 0 ? TableCell(Self.plain(text)) : .empty)
        }
        text = []
    }

    mutating func end() {
        reaching = reaching.compactMapValues { $0 > 1 ? $0 - 1 : nil }.merging(begun) { $1 }
        begun = [:]
        cells = []
    }

    /// The text as a browser shows it: white space is one space, and lines break only where the page says so.
    static func plain(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true)
            .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            .filter { !$0.isEmpty }
            .joined(separator: "\n")
    }
}
