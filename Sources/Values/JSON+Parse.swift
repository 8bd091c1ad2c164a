extension JSON {
    /// Why a text is not acceptable JSON, and where.
    public struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        /// What was wrong, for people.
        public let reason: Phrase
        /// The byte at which it was seen, from 0.
        public let offset: Int

        /// What was wrong and where.
        public var phrase: Phrase {
            Phrase(vi: "\(reason[.vietnamese]), ở byte \(offset)", en: "\(reason[.english]) at byte \(offset)")
        }

        public var description: String { phrase[.english] }
    }

    /// Reads one JSON text, strictly: RFC 8259, valid UTF-8, nothing after it, no member named twice, no lone surrogates.
    ///
    /// - Parameter maximumDepth: arrays and objects inside one another; deeper texts are refused.
    public static func parse(_ bytes: some Collection<UInt8>, maximumDepth: Int = 32) throws(ParseError) -> JSON {
        let contiguous = ContiguousArray(bytes)
        var parser = Parser(bytes: contiguous, depth: maximumDepth)
        let value = try parser.value()
        parser.skipWhitespace()
        guard parser.index == parser.bytes.count else {
            throw parser.error(
                Phrase(vi: "còn chữ sau khi giá trị JSON kết thúc", en: "text after the end of the JSON value")
            )
        }
        return value
    }

    public static func parse(_ text: String) throws(ParseError) -> JSON { try parse(text.utf8) }
}

private struct Parser {
    let bytes: ContiguousArray<UInt8>
    var index = 0
    var depth: Int

    init(bytes: ContiguousArray<UInt8>, depth: Int) {
        self.bytes = bytes
        self.depth = depth
    }

    func error(_ reason: Phrase) -> JSON.ParseError { JSON.ParseError(reason: reason, offset: index) }

    var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func skipWhitespace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return
            }
        }
    }

    mutating func value() throws(JSON.ParseError) -> JSON {
        skipWhitespace()
        guard let byte = peek else {
            throw error(
                Phrase(vi: "nội dung kết thúc ở chỗ cần một giá trị", en: "the text ends where a value should stand")
            )
        }
        switch byte {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), 48...57: return try number()
        default: throw error(Phrase(vi: "ký tự không hợp lệ", en: "unexpected character"))
        }
    }

    private mutating func literal(_ word: StaticString, _ value: JSON) throws(JSON.ParseError) -> JSON {
        let length = word.utf8CodeUnitCount
        guard index + length <= bytes.count else {
            throw error(Phrase(vi: "ký tự không hợp lệ", en: "unexpected character"))
        }
        for place in 0..<length where bytes[index + place] != word.utf8Start[place] {
            throw error(Phrase(vi: "ký tự không hợp lệ", en: "unexpected character"))
        }
        index += length
        return value
    }

    private mutating func enter() throws(JSON.ParseError) {
        guard depth > 0 else { throw error(Phrase(vi: "lồng quá sâu", en: "nested too deeply")) }
        depth -= 1
        index += 1
        skipWhitespace()
    }

    private mutating func array() throws(JSON.ParseError) -> JSON {
        try enter()
        defer { depth += 1 }
        var values: [JSON] = []
        if peek == UInt8(ascii: "]") {
            index += 1
            return .array(values)
        }
        while true {
            values.append(try value())
            skipWhitespace()
            switch peek {
            case UInt8(ascii: ","): index += 1
            case UInt8(ascii: "]"):
                index += 1
                return .array(values)
            default: throw error(Phrase(vi: "thiếu , hoặc ] trong mảng", en: "expected , or ] in an array"))
            }
        }
    }

    private mutating func object() throws(JSON.ParseError) -> JSON {
        try enter()
        defer { depth += 1 }
        var members: [JSON.Member] = []
        // A linear search is fastest for the few members that bodies have; a set is used for many.
        var seen: Set<String> = []
        if peek == UInt8(ascii: "}") {
            index += 1
            return .object(members)
        }
        while true {
            skipWhitespace()
            guard peek == UInt8(ascii: "\"") else {
                throw error(
                    Phrase(vi: "thiếu tên thành phần trong đối tượng", en: "expected a member name in an object")
                )
            }
            let name = try string()
            let repeated = members.count < 16 ? members.contains { $0.name == name } : seen.contains(name)
            guard !repeated else {
                throw error(
                    Phrase(
                        vi: "thành phần “\(name.prefix(64))” có hai lần trong một đối tượng",
                        en: "the member \"\(name.prefix(64))\" stands twice in one object"
                    )
                )
            }
            skipWhitespace()
            guard peek == UInt8(ascii: ":") else {
                throw error(Phrase(vi: "thiếu : sau tên thành phần", en: "expected : after a member name"))
            }
            index += 1
            members.append(JSON.Member(name, try value()))
            if members.count == 16 { seen = Set(members.map(\.name)) } else if members.count > 16 { seen.insert(name) }
            skipWhitespace()
            switch peek {
            case UInt8(ascii: ","): index += 1
            case UInt8(ascii: "}"):
                index += 1
                return .object(members)
            default: throw error(Phrase(vi: "thiếu , hoặc } trong đối tượng", en: "expected , or } in an object"))
            }
        }
    }

    private mutating func digits() throws(JSON.ParseError) {
        guard let byte = peek, (48...57).contains(byte) else {
            throw error(Phrase(vi: "thiếu chữ số", en: "expected a digit"))
        }
        while let byte = peek, (48...57).contains(byte) { index += 1 }
    }

    private mutating func number() throws(JSON.ParseError) -> JSON {
        let start = index
        if peek == UInt8(ascii: "-") { index += 1 }
        if peek == UInt8(ascii: "0") { index += 1 } else { try digits() }
        if peek == UInt8(ascii: ".") {
            index += 1
            try digits()
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            index += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { index += 1 }
            try digits()
        }
        guard index - start <= 400 else {
            throw error(Phrase(vi: "số dài hơn 400 ký tự", en: "a number of more than 400 characters"))
        }
        return .number(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    private mutating func string() throws(JSON.ParseError) -> String {
        index += 1
        let start = index
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { index += 1 }
        if peek == UInt8(ascii: "\"") {
            defer { index += 1 }
            return try text(bytes[start..<index])
        }
        var out = ContiguousArray(bytes[start..<index])
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                defer { index += 1 }
                return try text(out[...])
            case UInt8(ascii: "\\"): try escape(into: &out)
            case 0..<0x20:
                throw error(Phrase(vi: "có ký tự điều khiển trong chuỗi", en: "a control character inside a string"))
            default:
                out.append(byte)
                index += 1
            }
        }
        throw error(Phrase(vi: "nội dung kết thúc giữa một chuỗi", en: "the text ends inside a string"))
    }

    private func text(_ slice: ArraySlice<UInt8>) throws(JSON.ParseError) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw error(Phrase(vi: "chuỗi không phải UTF-8 hợp lệ", en: "a string that is not valid UTF-8"))
        }
        return text
    }

    private mutating func escape(into out: inout ContiguousArray<UInt8>) throws(JSON.ParseError) {
        index += 1
        guard let byte = peek else {
            throw error(Phrase(vi: "nội dung kết thúc giữa một chuỗi", en: "the text ends inside a string"))
        }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hex4()
            if (0xD800..<0xDC00).contains(code) {
                guard peek == UInt8(ascii: "\\"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "u") else {
                    throw error(Phrase(vi: "nửa cặp surrogate", en: "half of a surrogate pair"))
                }
                index += 2
                let low = try hex4()
                guard (0xDC00..<0xE000).contains(low) else {
                    throw error(Phrase(vi: "nửa cặp surrogate", en: "half of a surrogate pair"))
                }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else {
                throw error(Phrase(vi: "nửa cặp surrogate", en: "half of a surrogate pair"))
            }
            out.append(contentsOf: UTF8.encode(scalar)!)
        default: throw error(Phrase(vi: "dãy thoát không hợp lệ trong chuỗi", en: "an unknown escape in a string"))
        }
    }

    private mutating func hex4() throws(JSON.ParseError) -> UInt32 {
        guard index + 4 <= bytes.count else {
            throw error(Phrase(vi: "nội dung kết thúc giữa một chuỗi", en: "the text ends inside a string"))
        }
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else {
                throw error(Phrase(vi: "dãy thoát không hợp lệ trong chuỗi", en: "an unknown escape in a string"))
            }
            code = code << 4 | UInt32(digit)
            index += 1
        }
        return code
    }
}
