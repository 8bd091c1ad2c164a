public import Values

/// A table that people filled in, as rows of texts: the first sheet of an .xlsx workbook, or CSV.
public struct PlainTable: Sendable {
    /// A row with its number in the file, from 1.
    public struct Row: Sendable, Hashable {
        public let number: Int
        public let cells: [String]

        public init(number: Int, cells: [String]) {
            self.number = number
            self.cells = cells
        }

        /// The text of a cell without space at its ends; empty beyond the last one.
        public subscript(column: Int) -> String {
            cells.indices.contains(column) ? cells[column].trimming() : ""
        }
    }

    /// Why a file is no table that can be read.
    public struct Unreadable: Error, Sendable {
        /// The row, from 1; 0 for the file as a whole.
        public let row: Int
        public let reason: Phrase
    }

    public let rows: [Row]

    public static let maximumBytes = 8 << 20
    /// Rows with anything in them; more are refused.
    public static let maximumRows = 5000

    /// - Throws: ``Unreadable``.
    public init(_ bytes: [UInt8]) throws {
        guard bytes.count <= Self.maximumBytes else {
            throw Unreadable(row: 0, reason: Phrase(vi: "tệp lớn hơn 8 MiB", en: "the file is larger than 8 MiB"))
        }
        rows = bytes.starts(with: Array("PK".utf8)) ? try PlainTable.workbook(bytes) : try PlainTable.text(bytes)
    }

    private static func check(_ count: Int, _ row: Int) throws {
        guard count <= maximumRows else {
            throw Unreadable(
                row: row,
                reason: Phrase(vi: "bảng có hơn \(maximumRows) dòng", en: "the table has more than \(maximumRows) rows")
            )
        }
    }

    private static func workbook(_ bytes: [UInt8]) throws -> [Row] {
        var rows: [Row] = []
        do {
            try bytes.withUnsafeBytes { bytes in
                try WorkbookSheet.read(ZipArchive(bytes)) { number, cells in
                    guard cells.contains(where: { !$0.isEmpty }) else { return }
                    rows.append(Row(number: number, cells: cells.map(\.text)))
                    try check(rows.count, number)
                }
            }
        } catch let failure as ZipArchive.Failure {
            throw Unreadable(row: 0, reason: failure.reason)
        } catch let failure as WorkbookSheet.PartFailure {
            throw Unreadable(row: 0, reason: failure.reason)
        } catch let failure as WorkbookSheet.RowFailure {
            throw Unreadable(row: failure.row, reason: failure.reason)
        }
        return rows
    }

    /// CSV in UTF-8, with the separator that its first line has most of.
    private static func text(_ bytes: [UInt8]) throws -> [Row] {
        let plain = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        guard String(validating: plain, as: UTF8.self) != nil else {
            throw Unreadable(
                row: 0,
                reason: Phrase(
                    vi: "không phải .xlsx, cũng không phải CSV mã UTF-8",
                    en: "is neither .xlsx nor CSV in UTF-8"
                )
            )
        }
        let head = plain.prefix { $0 != 10 }
        let delimiter =
            [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")].max { left, right in
                head.count { $0 == left } < head.count { $0 == right }
            } ?? UInt8(ascii: ",")
        do {
            let rows = try CSV.parse(plain, delimiter: delimiter).map { Row(number: $0.line, cells: $0.fields) }
                .filter { $0.cells.contains { !$0.trimming().isEmpty } }
            try check(rows.count, maximumRows + 1)
            return rows
        } catch let error as CSVError { throw Unreadable(row: error.line, reason: error.reason) }
    }
}
