import Values

/// JSON in the form that some providers sign: members sorted by name at every level, no spaces, numbers as written.
enum CanonicalJSON {
    /// What a serialiser escapes beyond what JSON requires. This differs between languages without changing the value.
    struct Escaping: OptionSet {
        let rawValue: Int
        /// `/` as `\/`: PHP.
        static let slashes = Escaping(rawValue: 1)
        /// `<`, `>` and `&` as `\u003c`, `\u003e` and `\u0026`: Go.
        static let markup = Escaping(rawValue: 2)
        /// Everything beyond ASCII as `\u` and four hex digits: PHP and Python.
        static let nonASCII = Escaping(rawValue: 4)
    }

    static func bytes(_ value: JSON, escaping: Escaping = []) -> [UInt8] {
        var out: [UInt8] = []
        write(value, escaping, to: &out)
        return out
    }

    private static func write(_ value: JSON, _ escaping: Escaping, to out: inout [UInt8]) {
        switch value {
        case .null: out.append(contentsOf: "null".utf8)
        case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let text): out.append(contentsOf: text.utf8)
        case .string(let text): write(text, escaping, to: &out)
        case .array(let values):
            out.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                write(value, escaping, to: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let members):
            out.append(UInt8(ascii: "{"))
            for (index, member) in sorted(members).enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                write(member.name, escaping, to: &out)
                out.append(UInt8(ascii: ":"))
                write(member.value, escaping, to: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    /// Sorts members by the bytes of their names, which in UTF-8 is the order of code points.
    static func sorted(_ members: [JSON.Member]) -> [JSON.Member] {
        members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private static func write(_ text: String, _ escaping: Escaping, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                out.append(UInt8(ascii: "\\"))
                out.append(UInt8(scalar.value))
            case "\u{8}": out.append(contentsOf: "\\b".utf8)
            case "\u{C}": out.append(contentsOf: "\\f".utf8)
            case "\n": out.append(contentsOf: "\\n".utf8)
            case "\r": out.append(contentsOf: "\\r".utf8)
            case "\t": out.append(contentsOf: "\\t".utf8)
            case "\0"..<" ": escape(UInt16(scalar.value), to: &out)
            case "/" where escaping.contains(.slashes): out.append(contentsOf: "\\/".utf8)
            case "<", ">", "&":
                if escaping.contains(.markup) {
                    escape(UInt16(scalar.value), to: &out)
                } else {
                    out.append(UInt8(scalar.value))
                }
            default:
                if !scalar.isASCII, escaping.contains(.nonASCII) {
                    for unit in UTF16.encode(scalar)! { escape(unit, to: &out) }
                } else {
                    out.append(contentsOf: UTF8.encode(scalar)!)
                }
            }
        }
        out.append(UInt8(ascii: "\""))
    }

    private static func escape(_ unit: UInt16, to out: inout [UInt8]) {
        let digits = String(unit, radix: 16)
        out.append(contentsOf: "\\u".utf8)
        out.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count))
        out.append(contentsOf: digits.utf8)
    }
}
