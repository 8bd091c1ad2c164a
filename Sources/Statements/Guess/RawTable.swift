import Values

/// The first rows of a table of no known layout, whatever kind of file it is in.
public struct RawTable: Sendable {
    /// A row with its number in the file, from 1.
    public struct Row: Sendable {
        public let number: Int
        let cells: [TableCell]

        /// What the cells say.
        public var texts: [String] { cells.map(\.text) }
    }

    /// The first rows that are not empty, at most ``maximumRows``.
    public let rows: [Row]
    /// What kind of file it is: text, a workbook or a page.
    public let format: StatementFormat

    /// More than a header and its first lines need.
    public static let maximumRows = 400
    /// The largest file that is looked at.
    public static let maximumBytes = StatementReader.maximumWorkbookBytes

    /// - Throws: ``StatementRejected`` if it is no table, or none that can be read.
    public init(_ bytes: [UInt8]) throws {
        guard bytes.count <= Self.maximumBytes, let detected = StatementFormat.detect(bytes) else {
            throw Self.refused(Phrase(vi: "không phải bảng đọc được", en: "is no table that is read"))
        }
        var rows: [Row] = []
        func take(_ number: Int, _ cells: [TableCell]) {
            guard rows.count < Self.maximumRows, cells.contains(where: { !$0.isEmpty }) else { return }
            rows.append(Row(number: number, cells: cells))
        }
        switch detected {
        case .table, .csv: try Self.text(bytes, take)
        case .xlsx: try Self.workbook(bytes, take)
        case .html: try Self.page(bytes, take)
        case .camt053, .camt054, .mt940:
            throw Self.refused(
                Phrase(
                    vi: "là định dạng không cần mô tả: \(detected)",
                    en: "is of a format that needs no describing: \(detected)"
                )
            )
        }
        self.rows = rows
        format = detected
    }

    private static func refused(_ reason: Phrase) -> StatementRejected {
        StatementRejected(faults: [StatementFault(line: 1, field: "", value: "", reason: reason)])
    }

    private static func text(_ bytes: [UInt8], _ take: (Int, [TableCell]) -> Void) throws {
        let start = bytes.prefix(StatementFormat.detectionBytes)
        let encoding = TextEncoding.guess(start)
        let decoder = try TextDecoder(encoding)
        var decoded: [UInt8] = []
        bytes.withUnsafeBufferPointer { decoder.decode($0, into: &decoded) }
        decoder.finish(into: &decoded)
        do {
            for row in try CSV.parse(decoded[...], delimiter: TableTextReader.delimiter(decoded)) {
                take(row.line, row.cells)
            }
        } catch let error as CSVError { throw refused(error.reason) }
    }

    private static func workbook(_ bytes: [UInt8], _ take: (Int, [TableCell]) -> Void) throws {
        do {
            try bytes.withUnsafeBytes { bytes in
                try WorkbookSheet.read(ZipArchive(bytes)) { number, cells in take(number, cells) }
            }
        } catch let failure as ZipArchive.Failure { throw refused(failure.reason) } catch let failure
            as WorkbookSheet.PartFailure
        { throw refused(failure.reason) } catch let failure as WorkbookSheet.RowFailure {
            throw refused(failure.reason)
        }
    }

    private static func page(_ bytes: [UInt8], _ take: (Int, [TableCell]) -> Void) throws {
        let decoder = try TextDecoder(TextEncoding.guess(bytes.prefix(StatementFormat.detectionBytes)))
        var decoded: [UInt8] = []
        bytes.withUnsafeBufferPointer { decoder.decode($0, into: &decoded) }
        decoder.finish(into: &decoded)
        let page = PageStream()
        page.feed(decoded, isLast: true)
        for (row, cells) in page.takeReady() { take(row, cells) }
        if let reason = page.failure { throw refused(reason) }
    }
}
