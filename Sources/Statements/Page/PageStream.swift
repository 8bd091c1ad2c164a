import CXML2
import Values

/// Reads the rows of the tables of an HTML page with libxml2's push parser.
///
/// No tree is built, no host is contacted, and only HTML's own entities are known. Depth, rows, columns and the text of a
/// cell are limited.
final class PageStream {
    /// Rows that are complete and have not been taken yet.
    private var ready: [(row: Int, cells: [TableCell])] = []
    /// The rows so far.
    private(set) var row = 0
    /// Why the page is not read on, if so.
    private(set) var failure: Phrase?

    /// The row that is being read of each table that is open.
    private var tables: [PageRow] = []
    /// Text outside every table.
    private var loose: [UInt8] = []
    private var context: htmlParserCtxtPtr?
    private var handler = htmlSAXHandler()
    private var depth = 0
    private var hiddenDepth = 0

    private static let maximumDepth = 256
    private static let maximumTables = 16
    private static let maximumColumns = 1000
    private static let maximumTextBytes = 256 << 10

    init() {
        xmlInitParser()
        handler.startElement = { context, name, attributes in PageStream.of(context)?.begin(name, attributes) }
        handler.endElement = { context, name in PageStream.of(context)?.end(name) }
        handler.characters = { context, text, length in PageStream.of(context)?.text(text, length) }
        handler.ignorableWhitespace = handler.characters
        handler.serror = { _, _ in }
        handler.initialized = UInt32(XML_SAX2_MAGIC)
    }

    deinit {
        if let context { htmlFreeParserCtxt(context) }
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> PageStream? {
        context.map { Unmanaged<PageStream>.fromOpaque($0).takeUnretainedValue() }
    }

    func takeReady() -> [(row: Int, cells: [TableCell])] {
        defer { ready = [] }
        return ready
    }

    /// Whether every table that began has ended.
    var isClosed: Bool { tables.isEmpty }

    /// Parses the next bytes, which are UTF-8.
    func feed(_ bytes: [UInt8], isLast: Bool) {
        guard failure == nil else { return }
        if context == nil {
            let user = Unmanaged.passUnretained(self).toOpaque()
            context = htmlCreatePushParserCtxt(&handler, user, nil, 0, nil, XML_CHAR_ENCODING_UTF8)
            guard let context else {
                failure = Phrase(vi: "không đủ bộ nhớ để đọc trang", en: "no memory to read the page")
                return
            }
            let options = [
                HTML_PARSE_RECOVER, HTML_PARSE_NONET, HTML_PARSE_NOERROR, HTML_PARSE_NOWARNING, HTML_PARSE_IGNORE_ENC,
            ]
            htmlCtxtUseOptions(context, options.reduce(0) { $0 | Int32($1.rawValue) })
        }
        xmlSetStructuredErrorFunc(nil) { _, _ in }
        // The parser is never told that the page ends, because it would close what a page that was cut off left open. It
        // hands out its last bytes once others follow.
        parse(isLast ? bytes + Array("\n<br>\n<br>\n".utf8) : bytes)
        if isLast { endParagraph() }
    }

    private func parse(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            _ = htmlParseChunk(context, buffer.bindMemory(to: CChar.self).baseAddress, Int32(buffer.count), 0)
        }
    }

    private func begin(_ name: UnsafePointer<xmlChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) {
        guard failure == nil, let name else { return }
        depth += 1
        guard depth <= Self.maximumDepth else { return fail(.nested(deeperThan: Self.maximumDepth)) }
        switch String(cString: name) {
        case "table":
            endParagraph()
            guard tables.count < Self.maximumTables else {
                return fail(Phrase(vi: "lồng bảng quá sâu", en: "nests tables too deeply"))
            }
            tables.append(PageRow())
        case "tr": changeRow { $0.cells = [] }
        case "td", "th":
            let (columns, rows) = (Self.span("colspan", attributes), Self.span("rowspan", attributes))
            changeRow { $0.begin(columns: columns, rows: rows) }
        case "br", "p", "div", "li", "h1", "h2", "h3", "h4": breakLine()
        case "script", "style", "title": hiddenDepth += 1
        default: break
        }
    }

    private func end(_ name: UnsafePointer<xmlChar>?) {
        guard failure == nil, let name else { return }
        depth -= 1
        switch String(cString: name) {
        case "table": if !tables.isEmpty { tables.removeLast() }
        case "tr": endRow()
        case "td", "th": endCell()
        case "p", "div", "li", "h1", "h2", "h3", "h4": if tables.isEmpty { endParagraph() }
        case "script", "style", "title": hiddenDepth -= 1
        default: break
        }
    }

    private func text(_ bytes: UnsafePointer<xmlChar>?, _ length: Int32) {
        guard failure == nil, hiddenDepth == 0, let bytes else { return }
        // Line breaks of the source are spaces.
        append(UnsafeBufferPointer(start: bytes, count: Int(length)).map { $0 < 0x20 ? 0x20 : $0 })
    }

    private func append(_ bytes: [UInt8]) {
        if tables.isEmpty {
            loose += bytes
        } else {
            changeRow { if $0.isInCell { $0.text += bytes } }
        }
        guard (tables.last?.text ?? loose).count <= Self.maximumTextBytes else {
            return fail(Phrase(vi: "nội dung một ô quá dài", en: "a cell's text is too long"))
        }
    }

    private func breakLine() { tables.isEmpty ? endParagraph() : append([0x0A]) }

    private func changeRow(_ body: (inout PageRow) -> Void) {
        if !tables.isEmpty { body(&tables[tables.count - 1]) }
    }

    private func endCell() {
        changeRow { $0.endCell() }
        if let count = tables.last?.cells.count, count > Self.maximumColumns {
            fail(Phrase(vi: "vượt quá cột \(Self.maximumColumns)", en: "goes beyond column \(Self.maximumColumns)"))
        }
    }

    private func endRow() {
        guard let cells = tables.last?.cells else { return }
        take(cells)
        changeRow { $0.end() }
    }

    /// Text outside tables is a row of one cell: it may name the account.
    private func endParagraph() {
        let cell = TableCell(PageRow.plain(loose))
        loose = []
        if !cell.isEmpty { take([cell]) }
    }

    private func take(_ cells: [TableCell]) {
        row += 1
        guard row <= 1_048_576 else {
            return fail(Phrase(vi: "có quá nhiều dòng", en: "has too many rows"))
        }
        ready.append((row, cells))
    }

    private func fail(_ reason: Phrase) { failure = failure ?? reason }

    private static func span(_ name: String, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) -> Int {
        var place = 0
        while let attributes, let attribute = attributes[place] {
            if String(cString: attribute) == name, let value = attributes[place + 1] {
                return min(max(Int(String(cString: value)) ?? 1, 1), maximumColumns)
            }
            place += 2
        }
        return 1
    }
}
