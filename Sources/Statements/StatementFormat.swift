/// A file format of bank statements.
public enum StatementFormat: Sendable, Hashable, CustomStringConvertible {
    /// The default CSV; see ``DefaultCSVReader``.
    case csv
    /// Delimited text in a bank's own layout: the mapping with this name or, if `nil`, the first whose header fits.
    case table(mapping: String?)
    /// The first sheet of an .xlsx workbook, with a mapping chosen in the same way.
    case xlsx(mapping: String?)
    /// The tables of an HTML page, as some banks call `.xls`, with a mapping chosen in the same way.
    case html(mapping: String?)
    case camt053
    case camt054
    case mt940

    /// Reads `csv`, `camt053`, `camt054`, `mt940`, `table`, `xlsx`, `html` or the name of a mapping; returns `nil` for anything
    /// else.
    public init?(_ name: String, mappings: [StatementMapping] = StatementMapping.builtIn) {
        switch name {
        case "csv": self = .csv
        case "camt053": self = .camt053
        case "camt054": self = .camt054
        case "mt940": self = .mt940
        case "table": self = .table(mapping: nil)
        case "xlsx": self = .xlsx(mapping: nil)
        case "html": self = .html(mapping: nil)
        default:
            guard mappings.contains(where: { $0.name == name }) else { return nil }
            self = .table(mapping: name)
        }
    }

    public var description: String {
        switch self {
        case .csv: "csv"
        case .camt053: "camt053"
        case .camt054: "camt054"
        case .mt940: "mt940"
        case .table(let mapping): mapping ?? "table"
        case .xlsx(let mapping): mapping ?? "xlsx"
        case .html(let mapping): mapping ?? "html"
        }
    }

    /// How many of a file's first bytes ``detect(_:)`` needs, if the file has that many.
    public static let detectionBytes = 16 << 10

    /// Detects the format from a file's first bytes; returns `nil` for an unknown one.
    ///
    /// Any text with separators counts as a bank's table, because its header may be many rows below.
    public static func detect(_ firstBytes: some Collection<UInt8>) -> StatementFormat? {
        let bytes = Array(firstBytes.prefix(detectionBytes))
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .xlsx(mapping: nil) }
        if bytes.starts(with: Array("%PDF".utf8)) { return nil }
        // Everything looked for is ASCII, and ASCII in UTF-16 is ASCII with zeros in between: zeros and marks are
        // dropped.
        let text = String(decoding: bytes.filter { $0 != 0 && $0 < 0x80 }, as: UTF8.self)
        let start = text.drop { $0.isWhitespace }
        if start.hasPrefix("<") { return detectXML(text) }
        let isMT940 = text.split(whereSeparator: \.isNewline).contains {
            MT940Fields.tagged($0) != nil || ($0.hasPrefix("{") && $0.contains("{4:"))
        }
        if isMT940 { return .mt940 }
        let header = start.prefix { !$0.isNewline }.lowercased().filter { $0 != " " && $0 != "\"" }.split(
            separator: ","
        )
        if header.contains("booked_at") || header.contains("transaction_id") { return .csv }
        guard text.contains(where: { ",;\t|".contains($0) }), !bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) else {
            return nil
        }
        return .table(mapping: nil)
    }

    private static func detectXML(_ text: String) -> StatementFormat? {
        if text.contains("BkToCstmrDbtCdtNtfctn") || text.contains("camt.054.") { return .camt054 }
        // Includes camt.052: the reader explains why it is rejected.
        if text.contains("BkToCstmr") || text.contains("camt.05") { return .camt053 }
        let lower = text.lowercased()
        return ["<table", "<html", "<!doctype html"].contains { lower.contains($0) } ? .html(mapping: nil) : nil
    }
}
