/// The character encoding of a table's text.
enum TextEncoding: String, Sendable, Hashable, CaseIterable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1258 = "windows-1258"

    /// Guesses the encoding of a text from its first bytes: by its byte order mark, by the position of zero bytes, and
    /// Windows-1258 if it is not UTF-8.
    static func guess(_ bytes: ArraySlice<UInt8>) -> TextEncoding {
        if bytes.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
        if bytes.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
        var zeros = (even: 0, odd: 0)
        for (index, byte) in bytes.prefix(1024).enumerated() where byte == 0 {
            if index.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
        }
        let many = min(bytes.count, 1024) / 4
        if zeros.odd > many, zeros.even < many / 4 { return .utf16LittleEndian }
        if zeros.even > many, zeros.odd < many / 4 { return .utf16BigEndian }
        return isUTF8(bytes) ? .utf8 : .windows1258
    }

    /// Whether bytes are valid UTF-8, except for an incomplete character at the end.
    private static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
        (0...min(3, bytes.count)).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
    }
}
