/// One record of a CSV text.
public struct CSVRow: Sendable, Hashable {
    /// The line of the text on which the record begins, from 1.
    public let line: Int
    public let fields: [String]

    public init(line: Int, fields: [String]) {
        self.line = line
        self.fields = fields
    }
}

/// Why a text is no CSV, and where.
public struct CSVError: Error, Sendable, Hashable, CustomStringConvertible {
    /// From 1.
    public let line: Int
    /// The field in its record, from 1.
    public let column: Int
    public let reason: String

    public var description: String { "line \(line), field \(column): \(reason)" }
}

/// Reads CSV (RFC 4180) piece by piece, strictly, in memory bounded by the longest record.
///
/// A byte order mark at the start is skipped, lines end in LF or CRLF, a quoted field may hold line ends and doubled
/// quotes. Blank lines give no record. Refused: text that is not UTF-8, NUL bytes, text after a closing quote, a quote left
/// open, a record beyond the limit.
public struct CSVReader: Sendable {
    private enum Place { case fieldStart, plain, quoted, quoteInQuoted, carriageReturn }

    private let delimiter: UInt8
    private let maximumRecordBytes: Int
    private var place = Place.fieldStart
    private var buffer: [UInt8] = []
    private var ends: [Int] = []
    private var line = 1
    private var recordLine = 1
    private var atStart = true
    private var isQuotedField = false
    /// The bytes of a byte order mark still expected, at the very start.
    private var mark: [UInt8] = []

    public init(delimiter: UInt8 = UInt8(ascii: ","), maximumRecordBytes: Int = 1 << 20) {
        self.delimiter = delimiter
        self.maximumRecordBytes = maximumRecordBytes
    }

    /// Takes the next bytes and hands out every record they complete.
    public mutating func feed(_ bytes: some Collection<UInt8>, row: (CSVRow) throws -> Void) throws {
        for byte in bytes {
            if atStart, mark.count < 3 {
                let expected: [UInt8] = [0xEF, 0xBB, 0xBF]
                if byte == expected[mark.count] {
                    mark.append(byte)
                    if mark.count == 3 { atStart = false }
                    continue
                }
                atStart = false
                for held in mark { try take(held, row) }
            }
            try take(byte, row)
        }
    }

    /// Ends the text; hands out the last record where no line end closed it.
    public mutating func finish(row: (CSVRow) throws -> Void) throws {
        if place == .quoted { throw error("a quoted field is never closed") }
        if !buffer.isEmpty || !ends.isEmpty || isQuotedField { try endRecord(row) }
    }

    private func error(_ reason: String) -> CSVError { CSVError(line: line, column: ends.count + 1, reason: reason) }

    @inline(__always)
    private mutating func take(_ byte: UInt8, _ row: (CSVRow) throws -> Void) throws {
        switch place {
        case .fieldStart, .plain:
            switch byte {
            case delimiter: endField()
            case 0x0A: try endLine(row)
            case 0x0D: place = .carriageReturn
            case UInt8(ascii: "\"") where place == .fieldStart:
                place = .quoted
                isQuotedField = true
            case UInt8(ascii: "\""): throw error("a quote inside a field that is not quoted: double it and quote the field")
            default: try keep(byte)
            }
        case .quoted:
            if byte == UInt8(ascii: "\"") { place = .quoteInQuoted } else {
                if byte == 0x0A { line += 1 }
                try append(byte)
            }
        case .quoteInQuoted:
            switch byte {
            case UInt8(ascii: "\""):
                try append(byte)
                place = .quoted
            case delimiter: endField()
            case 0x0A: try endLine(row)
            case 0x0D: place = .carriageReturn
            default: throw error("text after the closing quote of a field")
            }
        case .carriageReturn:
            guard byte == 0x0A else { throw error("a carriage return inside a line") }
            try endLine(row)
        }
    }

    private mutating func keep(_ byte: UInt8) throws {
        try append(byte)
        place = .plain
    }

    private mutating func append(_ byte: UInt8) throws {
        guard byte != 0 else { throw error("a NUL byte") }
        guard buffer.count < maximumRecordBytes else { throw error("a record of more than \(maximumRecordBytes) bytes") }
        buffer.append(byte)
    }

    private mutating func endField() {
        ends.append(buffer.count)
        place = .fieldStart
        isQuotedField = false
    }

    private mutating func endLine(_ row: (CSVRow) throws -> Void) throws {
        if buffer.isEmpty && ends.isEmpty && !isQuotedField {
            place = .fieldStart
        } else {
            try endRecord(row)
        }
        line += 1
        recordLine = line
    }

    private mutating func endRecord(_ row: (CSVRow) throws -> Void) throws {
        endField()
        var fields: [String] = []
        fields.reserveCapacity(ends.count)
        var start = 0
        for (index, end) in ends.enumerated() {
            guard let text = String(validating: buffer[start..<end], as: UTF8.self) else {
                throw CSVError(line: recordLine, column: index + 1, reason: "not valid UTF-8: save the file as UTF-8")
            }
            fields.append(text)
            start = end
        }
        buffer.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        try row(CSVRow(line: recordLine, fields: fields))
    }
}

/// Whole CSV texts, and writing them.
public enum CSV {
    /// Reads a whole text.
    public static func parse(_ bytes: some Collection<UInt8>, delimiter: UInt8 = UInt8(ascii: ",")) throws -> [CSVRow] {
        var reader = CSVReader(delimiter: delimiter)
        var rows: [CSVRow] = []
        try reader.feed(bytes) { rows.append($0) }
        try reader.finish { rows.append($0) }
        return rows
    }

    /// A field as it is written: quoted where it holds a quote, a delimiter, a line end or spaces at its ends.
    public static func field(_ text: String) -> String {
        let needsQuotes = text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
            || text.first == " " || text.last == " "
        return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }

    /// A record, without its line end.
    public static func line(_ fields: [String]) -> String {
        // A lone empty field would read back as a blank line.
        fields == [""] ? "\"\"" : fields.map(field).joined(separator: ",")
    }
}
