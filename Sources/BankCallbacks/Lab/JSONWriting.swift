import Values

/// The ways in which programs write JSON again: what is signed must not be written again, and often is.
struct JSONWriting {
    var isSorted = false
    /// What stands after a comma and after a colon, on one line.
    var afterComma = ""
    var afterColon = ""
    /// Spaces a level; `nil` for one line.
    var indentation: Int?

    static let all: [JSONWriting] = [
        JSONWriting(), JSONWriting(isSorted: true),
        JSONWriting(afterComma: " ", afterColon: " "), JSONWriting(isSorted: true, afterComma: " ", afterColon: " "),
        JSONWriting(afterColon: " ", indentation: 2), JSONWriting(afterColon: " ", indentation: 4),
        JSONWriting(isSorted: true, afterColon: " ", indentation: 2),
        JSONWriting(isSorted: true, afterColon: " ", indentation: 4),
    ]

    func write(_ value: JSON) -> [UInt8] {
        var out = ""
        write(value, 0, &out)
        return Array(out.utf8)
    }

    private func write(_ value: JSON, _ level: Int, _ out: inout String) {
        switch value {
        case .null, .bool, .number, .string: out += value.serialized
        case .array(let items):
            let parts = items.map { item in { (out: inout String) in write(item, level + 1, &out) } }
            write(parts, "[", "]", level, &out)
        case .object(let members):
            let ordered = isSorted ? CanonicalJSON.sorted(members) : members
            let parts = ordered.map { member in
                { (out: inout String) in
                    out += JSON.string(member.name).serialized + ":" + afterColon
                    write(member.value, level + 1, &out)
                }
            }
            write(parts, "{", "}", level, &out)
        }
    }

    private func write(
        _ parts: [(inout String) -> Void],
        _ open: String,
        _ close: String,
        _ level: Int,
        _ out: inout String
    ) {
        out += open
        for (index, part) in parts.enumerated() {
            if index > 0 { out += "," + (indentation == nil ? afterComma : "") }
            if let indentation { out += "\n" + String(repeating: " ", count: indentation * (level + 1)) }
            part(&out)
        }
        if let indentation, !parts.isEmpty { out += "\n" + String(repeating: " ", count: indentation * level) }
        out += close
    }

    /// Everything beyond ASCII as `\u` and four hex digits.
    static func escapingAccents(_ text: [UInt8]) -> [UInt8] {
        var out = ""
        for unit in String(decoding: text, as: UTF8.self).utf16 {
            if unit < 0x80 {
                out.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            } else {
                let digits = String(unit, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            }
        }
        return Array(out.utf8)
    }
}
