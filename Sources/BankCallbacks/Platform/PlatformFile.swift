public import Values

/// A day's file of the national payment platform: rows of values joined with `|`, with count and sum in the last line.
///
/// The platform's own 22 columns are not published: which columns a file has is said by its first line, or by a layout.
public struct PlatformFile: Sendable {
    /// How a file is written.
    public struct Layout: Sendable {
        /// The names of the columns, as in CONFIRM and QUERY; others than these are passed over.
        public var columns = ["MaThamChieu", "MaGiaoDich", "SoTien", "ThoiGianGD", "MaNganHang", "TrangThaiGD"]
        /// Whether a file without a last line of count and sum is taken: nobody then sees that it was cut off.
        public var mayEndAnywhere = false

        public init() {}
    }

    /// A row as it was read.
    public struct Row: Sendable, Hashable {
        /// From 1.
        public let number: Int
        /// MaThamChieu.
        public let code: String
        /// MaGiaoDich; empty where the platform has none.
        public let transactionID: String
        public let amount: Money
        /// ThoiGianGD; `nil` where there is none that can be read.
        public let happenedAt: Instant?
        public let bank: String
        /// 1 paid, 3 unknown or under way, 4 failed.
        public let status: String
        /// The column that could not be read; the rest is then empty.
        public let fault: String?
    }

    public let rows: [Row]
    /// The sum of the rows that could be read.
    public let total: Money

    /// More are not read.
    public static let maximumBytes = 20 << 20
    public static let maximumRows = 100_000
    private static let maximumLine = 4000

    /// Reads a file: plain text, or a JSON object with the text in Base64 in one of its members.
    public init(_ bytes: [UInt8], layout: Layout = Layout()) throws(PlatformFileFault) {
        var lines = try PlatformFile.lines(bytes)
        var columns = layout.columns
        if let first = lines.first, PlatformFile.cells(first).contains("MaThamChieu") {
            columns = PlatformFile.cells(first)
            lines.removeFirst()
        }
        guard columns.count > 3, columns.contains("MaThamChieu"), columns.contains("SoTien") else {
            throw PlatformFileFault(
                vi: "Tệp phải có ít nhất bốn cột, trong đó có MaThamChieu và SoTien.",
                en: "The file must have at least four columns, MaThamChieu and SoTien among them."
            )
        }
        let trailer = lines.last.flatMap(PlatformFile.trailer)
        if trailer != nil { lines.removeLast() }
        guard lines.count <= PlatformFile.maximumRows else {
            throw PlatformFileFault(vi: "Tệp có quá nhiều dòng.", en: "The file has too many rows.")
        }
        let read = lines.enumerated().map { PlatformFile.row($1, number: $0 + 1, columns) }
        rows = read
        total = read.map(\.amount).total()
        try PlatformFile.check(trailer, of: read, sum: total, layout)
    }

    /// Throws if a file was cut off.
    private static func check(
        _ trailer: (count: Int64, sum: Int64)?,
        of rows: [Row],
        sum: Money,
        _ layout: Layout
    ) throws(PlatformFileFault) {
        guard let trailer else {
            guard layout.mayEndAnywhere else {
                throw PlatformFileFault(
                    vi: "Tệp không có dòng cuối ghi số dòng và tổng tiền: có thể bị cắt cụt. Hãy tải lại.",
                    en: "The file has no last line with count and sum: it may have been cut off. Fetch it again."
                )
            }
            return
        }
        guard trailer.count == Int64(rows.count) else {
            throw PlatformFileFault(
                vi: "Dòng cuối ghi \(trailer.count) dòng mà tệp có \(rows.count): tệp bị cắt cụt. Hãy tải lại.",
                en: "The last line says \(trailer.count) rows and there are \(rows.count): the file was cut off. "
                    + "Fetch it again."
            )
        }
        guard trailer.sum == sum.dong || rows.contains(where: { $0.fault != nil }) else {
            throw PlatformFileFault(
                vi: "Dòng cuối ghi tổng \(trailer.sum) mà các dòng cộng lại là \(sum): tệp bị sửa hoặc hỏng.",
                en:
                    "The last line says \(trailer.sum) in all and the rows make \(sum): the file was changed or damaged."
            )
        }
    }

    private static func lines(_ bytes: [UInt8]) throws(PlatformFileFault) -> [Substring] {
        guard bytes.count <= maximumBytes else {
            throw PlatformFileFault(vi: "Tệp lớn hơn 20 MB.", en: "The file is larger than 20 MB.")
        }
        guard let text = String(validating: try plain(bytes), as: UTF8.self) else {
            throw PlatformFileFault(vi: "Tệp không phải văn bản UTF-8.", en: "The file is not UTF-8 text.")
        }
        let all = text.split { $0.isNewline }.map { $0.hasPrefix("\u{FEFF}") ? $0.dropFirst() : $0 }
        let lines = all.filter { !$0.allSatisfy(\.isWhitespace) }
        guard let first = lines.first else {
            throw PlatformFileFault(vi: "Tệp trống.", en: "The file is empty.")
        }
        guard first.contains("|"), !first.trimming().hasPrefix("<") else {
            throw PlatformFileFault(
                vi: "Tệp không phải các cột cách nhau bằng dấu |: đây có thể là một trang web báo lỗi.",
                en: "The file is no columns with | between them: it may be a page that tells of an error."
            )
        }
        return lines
    }

    /// The text itself, out of a JSON object if it is in one.
    private static func plain(_ file: [UInt8]) throws(PlatformFileFault) -> [UInt8] {
        guard file.first(where: { !($0 == 0x20 || (0x09...0x0D).contains($0)) }) == UInt8(ascii: "{") else {
            return file
        }
        let json: JSON
        do { json = try JSON.parse(file) } catch {
            throw PlatformFileFault(
                error.phrase.prefixed(by: "JSON: ")
            )
        }
        let texts = (json.members ?? []).flatMap { [$0.value] + ($0.value.members ?? []).map(\.value) }
        for text in texts.compactMap(\.string) {
            if let decoded = bytes(base64: text), decoded.contains(UInt8(ascii: "|")) { return decoded }
        }
        throw PlatformFileFault(
            vi: "Không trường nào của JSON chứa tệp viết theo Base64.",
            en: "No member of the JSON holds the file in Base64."
        )
    }

    private static func cells(_ line: Substring) -> [String] {
        line.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimming() }
    }

    /// `count|sum` or `count|sum|checksum`; the rule of the checksum is not published, so that it is not compared.
    private static func trailer(_ line: Substring) -> (count: Int64, sum: Int64)? {
        let cells = cells(line)
        guard (2...3).contains(cells.count), let count = wholeNumber(cells[0]), let sum = wholeNumber(cells[1]) else {
            return nil
        }
        return (count, sum)
    }

    private static func row(_ line: Substring, number: Int, _ columns: [String]) -> Row {
        func broken(_ fault: String) -> Row {
            Row(
                number: number,
                code: "",
                transactionID: "",
                amount: .zero,
                happenedAt: nil,
                bank: "",
                status: "",
                fault: fault
            )
        }
        let cells = cells(line)
        guard line.utf8.count <= maximumLine, cells.count == columns.count else {
            return broken("\(cells.count) ≠ \(columns.count)")
        }
        func cell(_ name: String) -> String { columns.firstIndex(of: name).map { cells[$0] } ?? "" }
        let (code, transaction, bank) = (cell("MaThamChieu"), cell("MaGiaoDich"), cell("MaNganHang"))
        let status = columns.contains("TrangThaiGD") ? cell("TrangThaiGD") : "1"
        guard isName(code), !code.isEmpty else { return broken("MaThamChieu") }
        guard isName(transaction), !transaction.isEmpty || status != "1" else { return broken("MaGiaoDich") }
        guard let amount = Dialect.wholeAmount(cell("SoTien")).flatMap({ Money(validating: $0) }) else {
            return broken("SoTien")
        }
        guard ["1", "3", "4"].contains(status) else { return broken("TrangThaiGD") }
        return Row(
            number: number,
            code: code,
            transactionID: transaction,
            amount: amount,
            happenedAt: ProviderTime.compact(cell("ThoiGianGD")),
            bank: isName(bank) ? bank : "",
            status: status,
            fault: nil
        )
    }

    private static func isName(_ text: String) -> Bool {
        text.utf8.count <= 100 && text.utf8.allSatisfy { (0x21..<0x7F).contains($0) }
    }
}
