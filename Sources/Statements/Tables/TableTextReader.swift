import Values

/// Reads a bank's table from delimited text, incrementally and in bounded memory.
struct TableTextReader: FormatReader {
    private let decoder: TextDecoder
    private var reader: CSVReader
    private var table: MappedTable

    /// - Parameters:
    ///   - candidates: the layouts the file may have.
    ///   - start: the file's first bytes, from which encoding and delimiter are guessed if no layout states them.
    init(candidates: [StatementMapping], start: ArraySlice<UInt8>, options: StatementOptions) throws {
        let only = candidates.count == 1 ? candidates.first : nil
        let encoding = only?.encoding ?? TextEncoding.guess(start)
        decoder = try TextDecoder(encoding)
        reader = CSVReader(delimiter: try only?.delimiter ?? Self.delimiter(start, encoding))
        table = MappedTable(candidates: candidates, options: options)
    }

    mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, line: (StatementLine) throws -> Void) throws {
        var decoded: [UInt8] = []
        decoder.decode(bytes, into: &decoded)
        try rejecting { reader, table in
            try reader.feed(decoded) { try table.take($0.cells, row: $0.line, line) }
        }
        try table.tally.stopIfHopeless()
    }

    mutating func finish(line: (StatementLine) throws -> Void) throws -> StatementSummary {
        var rest: [UInt8] = []
        decoder.finish(into: &rest)
        try rejecting { reader, table in
            try reader.feed(rest) { try table.take($0.cells, row: $0.line, line) }
            // Without a line break after it, the last row may have been cut off.
            try reader.finish { try table.take($0.cells, row: $0.line, mayBeCut: true, line) }
        }
        return try table.finish()
    }

    private mutating func rejecting(_ body: (inout CSVReader, inout MappedTable) throws -> Void) throws {
        do {
            try body(&reader, &table)
        } catch let error as CSVError {
            table.tally.fault(error.line, "field \(error.column)", "", error.reason, code: .lineInvalid)
            throw table.tally.rejected
        }
    }

    private static func delimiter(_ start: ArraySlice<UInt8>, _ encoding: TextEncoding) throws -> UInt8 {
        let decoder = try TextDecoder(encoding)
        var text: [UInt8] = []
        Array(start).withUnsafeBufferPointer { decoder.decode($0, into: &text) }
        return delimiter(text)
    }

    /// The separator that a text has most of outside quotes.
    static func delimiter(_ text: [UInt8]) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in text {
            if byte == 0x22 { isQuoted.toggle() } else if !isQuoted { counts[byte, default: 0] += 1 }
        }
        let separators: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]
        return separators.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? 0x2C
    }
}

extension CSVRow {
    var cells: [TableCell] { fields.map { TableCell($0) } }
}
