/// The part of Structured Field Values (RFC 9651) used for signatures and digests: dictionaries of items and inner
/// lists. Decimals, dates and display strings do not occur there and are rejected.
enum StructuredFields {
    enum Value: Hashable {
        case integer(Int64)
        case string(String)
        case token(String)
        case bytes([UInt8])
        case boolean(Bool)
    }

    struct Parameter: Hashable {
        let name: String
        let value: Value
    }

    struct Item: Hashable {
        let value: Value
        let parameters: [Parameter]
    }

    enum Member: Hashable {
        case item(Item)
        case list([Item], [Parameter])
    }

    /// The most members of a dictionary and items of a list; more are rejected.
    static let maximumCount = 32

    /// Returns the members of a dictionary in order; `nil` if the text is not a dictionary or repeats a name, which the
    /// standard allows but no honest signer does.
    static func dictionary(_ text: String) -> [(name: String, member: Member)]? {
        var reader = StructuredFieldReader(text)
        return reader.dictionary()
    }

    /// Returns a value in the standard's serialisation; `nil` for bytes, which no signature parameter contains.
    static func text(_ value: Value) -> String? {
        switch value {
        case .integer(let number): String(number)
        case .string(let text): "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        case .token(let text): text
        case .boolean(let value): value ? "?1" : "?0"
        case .bytes: nil
        }
    }

    static func text(_ parameters: [Parameter]) -> String? {
        var out = ""
        for parameter in parameters {
            guard let value = text(parameter.value) else { return nil }
            out += ";" + parameter.name + (parameter.value == .boolean(true) ? "" : "=" + value)
        }
        return out
    }
}

/// Reads the bytes of a structured field; any method returns `nil` if the field is malformed.
private struct StructuredFieldReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: byte) else { return false }
        index += 1
        return true
    }

    private mutating func skip(_ isSkipped: (UInt8) -> Bool) {
        while let byte = peek, isSkipped(byte) { index += 1 }
    }

    mutating func dictionary() -> [(name: String, member: StructuredFields.Member)]? {
        var members: [(name: String, member: StructuredFields.Member)] = []
        skip { $0 == 0x20 }
        while peek != nil {
            guard members.count < StructuredFields.maximumCount, let name = key(), let member = member(),
                !members.contains(where: { $0.name == name })
            else { return nil }
            members.append((name, member))
            skip { $0 == 0x20 || $0 == 0x09 }
            guard peek != nil else { break }
            guard take(",") else { return nil }
            skip { $0 == 0x20 || $0 == 0x09 }
            guard peek != nil else { return nil }
        }
        return members
    }

    private mutating func member() -> StructuredFields.Member? {
        guard take("=") else { return parameters().map { .item(.init(value: .boolean(true), parameters: $0)) } }
        guard take("(") else { return item().map { .item($0) } }
        var items: [StructuredFields.Item] = []
        while true {
            skip { $0 == 0x20 }
            if take(")") { return parameters().map { .list(items, $0) } }
            guard items.count < StructuredFields.maximumCount, let item = item() else { return nil }
            items.append(item)
            guard peek == 0x20 || peek == UInt8(ascii: ")") else { return nil }
        }
    }

    private mutating func item() -> StructuredFields.Item? {
        guard let value = value(), let parameters = parameters() else { return nil }
        return .init(value: value, parameters: parameters)
    }

    private mutating func parameters() -> [StructuredFields.Parameter]? {
        var parameters: [StructuredFields.Parameter] = []
        while take(";") {
            skip { $0 == 0x20 }
            guard parameters.count < StructuredFields.maximumCount, let name = key(),
                !parameters.contains(where: { $0.name == name })
            else { return nil }
            guard take("=") else {
                parameters.append(.init(name: name, value: .boolean(true)))
                continue
            }
            guard let value = value() else { return nil }
            parameters.append(.init(name: name, value: value))
        }
        return parameters
    }

    private mutating func key() -> String? {
        guard let first = peek, (97...122).contains(first) || first == UInt8(ascii: "*") else { return nil }
        let start = index
        skip { byte in
            (97...122).contains(byte) || (48...57).contains(byte) || "_-.*".utf8.contains(byte)
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func value() -> StructuredFields.Value? {
        guard let first = peek else { return nil }
        switch first {
        case UInt8(ascii: "\""): return string().map { .string($0) }
        case UInt8(ascii: ":"): return byteSequence().map { .bytes($0) }
        case UInt8(ascii: "?"):
            index += 1
            if take("1") { return .boolean(true) }
            return take("0") ? .boolean(false) : nil
        case UInt8(ascii: "-"), 48...57: return integer().map { .integer($0) }
        default: return token().map { .token($0) }
        }
    }

    private mutating func integer() -> Int64? {
        let isNegative = take("-")
        let start = index
        skip { (48...57).contains($0) }
        guard (1...15).contains(index - start), peek != UInt8(ascii: "."),
            let number = wholeNumber(String(decoding: bytes[start..<index], as: UTF8.self))
        else { return nil }
        return isNegative ? -number : number
    }

    private mutating func string() -> String? {
        index += 1
        var out: [UInt8] = []
        while let byte = peek {
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: out, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let next = peek, next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\") else { return nil }
                out.append(next)
                index += 1
            case 0x20..<0x7F: out.append(byte)
            default: return nil
            }
        }
        return nil
    }

    private mutating func byteSequence() -> [UInt8]? {
        index += 1
        let start = index
        skip { $0 != UInt8(ascii: ":") }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard take(":") else { return nil }
        return BankCallbacks.bytes(base64: text)
    }

    private mutating func token() -> String? {
        guard let first = peek, (65...90).contains(first) || (97...122).contains(first) || first == UInt8(ascii: "*")
        else { return nil }
        let start = index
        skip { byte in
            (65...90).contains(byte) || (97...122).contains(byte) || (48...57).contains(byte)
                || "!#$%&'*+-.^_`|~:/".utf8.contains(byte)
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }
}
