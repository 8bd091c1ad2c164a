/// Reads CSV (RFC 4180) piece by piece, strictly, in memory bounded by the longest record.
///
/// A byte order mark at the start is skipped, lines end in LF or CRLF, a quoted field may hold line ends and doubled
/// quotes. Blank lines are skipped. Refused with ``CSVError``: text that is not UTF-8, NUL bytes, text after a closing
/// quote, a quote inside a plain field, a quote left open, a lone carriage return, a record beyond the limit.
///
/// Every field becomes a `String`; ``CSVScanner`` is the same reader for callers that need only some of them.
public struct CSVReader: Sendable {
    private var scanner: CSVScanner

    /// - Parameter maximumRowBytes: the longest record accepted, its delimiters counted.
    public init(delimiter: UInt8 = UInt8(ascii: ","), maximumRowBytes: Int = 1 << 20) {
        scanner = CSVScanner(delimiter: delimiter, maximumRowBytes: maximumRowBytes)
    }

    /// Reads the next bytes and passes every completed record to `row`. Must not be used again after it has thrown.
    public mutating func feed(_ bytes: some Collection<UInt8>, row: (CSVRow) throws -> Void) throws {
        try scanner.feed(bytes) { try row(CSVRow(line: $0.line, fields: $0.fields)) }
    }

    /// Ends the text; passes on the last record if no line end closed it.
    public mutating func finish(row: (CSVRow) throws -> Void) throws {
        try scanner.finish { try row(CSVRow(line: $0.line, fields: $0.fields)) }
    }
}
