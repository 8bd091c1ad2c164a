/// How a table's text is encoded.
enum TextEncoding: String, Sendable, Hashable, CaseIterable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1258 = "windows-1258"

    /// The likeliest encoding of a text that begins so: by its byte order mark, by where its zero bytes stand, and
    /// Windows-1258 where it is not UTF-8.
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

    /// Whether bytes are UTF-8, but for a character cut off at the end.
    private static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
        (0...min(3, bytes.count)).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
    }
}

/// Turns text of any ``TextEncoding`` into UTF-8, piece by piece.
struct TextDecoder {
    let encoding: TextEncoding
    /// The half of a UTF-16 unit, and the first unit of a pair.
    private var half: UInt8?
    private var highSurrogate: UInt16?
    /// A letter that a combining mark may still follow.
    private var letter: Unicode.Scalar?

    init(_ encoding: TextEncoding) { self.encoding = encoding }

    mutating func decode(_ bytes: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
        switch encoding {
        case .utf8: out.append(contentsOf: bytes)
        case .utf16LittleEndian, .utf16BigEndian:
            for byte in bytes {
                guard let first = half else {
                    half = byte
                    continue
                }
                half = nil
                let isLittle = encoding == .utf16LittleEndian
                take(unit: isLittle ? UInt16(byte) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(byte), &out)
            }
        case .windows1258:
            for byte in bytes {
                let scalar = Windows1258.scalar(byte)
                if let mark = letter.flatMap({ Windows1258.composed($0, scalar) }) {
                    letter = mark
                } else {
                    flush(into: &out)
                    letter = scalar
                }
            }
        }
    }

    /// Ends the text. What is cut off becomes bytes that are not valid UTF-8, which the CSV reader then refuses.
    mutating func finish(into out: inout [UInt8]) {
        flush(into: &out)
        if half != nil || highSurrogate != nil { out.append(0xFF) }
    }

    private mutating func flush(into out: inout [UInt8]) {
        if let letter { out.append(contentsOf: UTF8.encode(letter) ?? UTF8.encodedReplacementCharacter) }
        letter = nil
    }

    private mutating func take(unit: UInt16, _ out: inout [UInt8]) {
        if let high = highSurrogate {
            highSurrogate = nil
            guard (0xDC00..<0xE000).contains(unit),
                let scalar = Unicode.Scalar(0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00))
            else { return out.append(0xFF) }
            letter = scalar
        } else if (0xD800..<0xDC00).contains(unit) {
            highSurrogate = unit
            return
        } else if let scalar = Unicode.Scalar(unit) {
            letter = scalar
        } else {
            return out.append(0xFF)
        }
        flush(into: &out)
    }
}
