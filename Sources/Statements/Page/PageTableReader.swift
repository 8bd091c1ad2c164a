import Values

/// Reads the tables of an HTML page, which some banks call `.xls`, row by row in bounded memory.
struct PageTableReader: FormatReader {
    private let decoder: TextDecoder
    private let page: PageStream
    private var table: MappedTable
    private var bytes = 0

    /// - Parameter start: the page's first bytes, from which its encoding is guessed: what it says of itself is often that of
    ///   the program it was made with.
    init(candidates: [StatementMapping], start: ArraySlice<UInt8>, options: StatementOptions) throws {
        let told = candidates.count == 1 ? candidates.first?.encoding : nil
        decoder = try TextDecoder(told ?? TextEncoding.guess(start))
        page = PageStream()
        table = MappedTable(candidates: candidates, options: options)
    }

    mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, line: (StatementLine) throws -> Void) throws {
        self.bytes += bytes.count
        guard self.bytes <= StatementReader.maximumWorkbookBytes else {
            let most = StatementReader.maximumWorkbookBytes
            throw refused(
                Phrase(
                    vi: "lớn hơn \(most) byte: hãy lưu thành CSV",
                    en: "is larger than \(most) bytes: save it as CSV"
                )
            )
        }
        var decoded: [UInt8] = []
        decoder.decode(bytes, into: &decoded)
        try parse(decoded, isLast: false, line)
        try table.tally.stopIfHopeless()
    }

    mutating func finish(line: (StatementLine) throws -> Void) throws -> StatementSummary {
        var rest: [UInt8] = []
        decoder.finish(into: &rest)
        try parse(rest, isLast: true, line)
        guard page.isClosed else {
            throw refused(
                Phrase(
                    vi: "kết thúc giữa bảng: tệp có bị cắt không?",
                    en: "ends within its table: was the file cut off?"
                )
            )
        }
        return try table.finish()
    }

    private mutating func parse(_ text: [UInt8], isLast: Bool, _ line: (StatementLine) throws -> Void) throws {
        page.feed(text, isLast: isLast)
        for (row, cells) in page.takeReady() { try table.take(cells, row: row, line) }
        if let reason = page.failure { throw refused(reason) }
    }

    private mutating func refused(_ reason: Phrase) -> StatementRejected {
        table.tally.fault(page.row + 1, "", "", reason, code: .lineInvalid)
        return table.tally.rejected
    }
}
