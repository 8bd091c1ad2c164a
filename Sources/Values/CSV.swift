/// Whole CSV texts (RFC 4180), and writing them.
public enum CSV {
    /// Reads a whole text; see ``CSVReader`` for what is accepted. Throws only ``CSVError``.
    public static func parse(_ bytes: some Collection<UInt8>, delimiter: UInt8 = UInt8(ascii: ",")) throws -> [CSVRow] {
        var reader = CSVReader(delimiter: delimiter)
        var rows: [CSVRow] = []
        try reader.feed(bytes) { rows.append($0) }
        try reader.finish { rows.append($0) }
        return rows
    }

    /// Returns a field in its written form: quoted if it contains a quote, a delimiter, a line end or surrounding
    /// spaces.
    public static func field(_ text: String) -> String {
        let bytes = text.utf8
        // Bytes, not characters: a quote with a combining mark after it is one character that is not a quote.
        let isSpecial: (UInt8) -> Bool = { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        guard bytes.contains(where: isSpecial) || bytes.first == 0x20 || bytes.last == 0x20 else { return text }
        var out: [UInt8] = [0x22]
        for byte in bytes {
            if byte == 0x22 { out.append(0x22) }
            out.append(byte)
        }
        out.append(0x22)
        return String(decoding: out, as: UTF8.self)
    }

    /// A text as a spreadsheet shows it and does not compute it: one that begins like a formula gets an apostrophe in front.
    ///
    /// For texts that others write, such as a payer's memo, in files that people open (OWASP, CSV injection). Not for files
    /// that programs read back: they would get another text.
    public static func shown(_ text: String) -> String {
        guard let first = text.utf8.first, formulaStarts.contains(first) else { return text }
        return "'" + text
    }

    /// `=`, `+`, `-`, `@`, tab, carriage return and line feed.
    private static let formulaStarts: Set<UInt8> = [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D, 0x0A]

    /// A record, without its line end.
    public static func line(_ fields: [String]) -> String {
        // A lone empty field would read back as a blank line.
        fields == [""] ? "\"\"" : fields.map(field).joined(separator: ",")
    }
}
