import Values

/// Reads the rows of a worksheet.
final class Sheet: XMLReceiver {
    /// Rows that are complete and have not been taken yet.
    private(set) var ready: [(row: Int, cells: [TableCell])] = []
    /// Why the sheet cannot be read, if that is so.
    private(set) var failure: (row: Int, reason: Phrase)?

    private let parts: WorkbookParts
    private let strings: [String]
    private var path: [String] = []
    private var row = 0
    private var cells: [TableCell] = []
    private var column = 0
    private var kind = ""
    private var style = 0
    private var buffer: [UInt8] = []

    /// A statement has a dozen columns; a spreadsheet may have sixteen thousand.
    private static let maximumColumns = 1000
    private static let maximumTextBytes = 256 << 10

    init(_ parts: WorkbookParts, strings: [String]) {
        self.parts = parts
        self.strings = strings
    }

    func takeReady() -> [(row: Int, cells: [TableCell])] {
        defer { ready = [] }
        return ready
    }

    func begin(_ name: String, _ attributes: XMLAttributes, line: Int) {
        path.append(name)
        switch name {
        case "row":
            // Row numbers are optional and default to the previous one plus 1.
            let told = attributes["r"].flatMap { Int($0) } ?? row + 1
            if told <= row || told > 1_048_576 {
                fail(Phrase(vi: "các dòng không theo thứ tự", en: "rows are not in order"))
            }
            row = told
            cells = []
            column = -1
        case "c":
            column = attributes["r"].flatMap(Self.column) ?? column + 1
            if column < cells.count || column >= Self.maximumColumns {
                fail(
                    Phrase(
                        vi: "các ô không theo thứ tự, hoặc vượt quá cột \(Self.maximumColumns)",
                        en: "cells are not in order, or beyond column \(Self.maximumColumns)"
                    )
                )
            }
            kind = attributes["t"] ?? "n"
            style = attributes["s"].flatMap { Int($0) } ?? 0
            buffer.removeAll(keepingCapacity: true)
        default: break
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        let isValue = path.last == "v" || (path.last == "t" && path.contains("is") && !path.contains("rPh"))
        guard isValue, failure == nil else { return }
        guard buffer.count + bytes.count <= Self.maximumTextBytes else {
            return fail(Phrase(vi: "nội dung một ô quá dài", en: "a cell's text is too long"))
        }
        buffer.append(contentsOf: bytes)
    }

    func end() {
        switch path.popLast() {
        case "c": endCell()
        case "row": if failure == nil { ready.append((row, cells)) }
        default: break
        }
    }

    private func fail(_ reason: Phrase) { failure = failure ?? (row, reason) }

    private func endCell() {
        guard failure == nil, !buffer.isEmpty else { return }
        let text = String(decoding: buffer, as: UTF8.self)
        while cells.count < column { cells.append(.empty) }
        cells.append(cell(text))
    }

    private func cell(_ text: String) -> TableCell {
        switch kind {
        case "s":
            guard let index = Int(text), strings.indices.contains(index) else {
                fail(
                    Phrase(
                        vi: "một ô nêu chuỗi không có trong bảng tính",
                        en: "a cell names a text that the workbook does not have"
                    )
                )
                return .empty
            }
            return TableCell(strings[index])
        case "n":
            guard parts.isDate(style: style), let time = parts.time(text) else { return TableCell(text, .number) }
            return TableCell(time.description, .time(time))
        case "d": return StatementTime.parse(text).map { TableCell(text, .time($0)) } ?? TableCell(text)
        // Inline text, the text of a formula, or an error such as #REF!, which no column accepts as a value.
        default: return TableCell(text)
        }
    }

    /// Returns the column of a reference such as `AB12`, from 0.
    private static func column(_ reference: String) -> Int? {
        var column = 0
        for byte in reference.utf8 {
            guard (65...90).contains(byte) else { break }
            column = column * 26 + Int(byte - 64)
            guard column <= 100_000 else { return nil }
        }
        return column > 0 ? column - 1 : nil
    }
}
