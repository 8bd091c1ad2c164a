/// A Swift source with the inside of comments, strings, regexes and raw names blanked, so that its braces can be counted.
struct SwiftCode {
    /// A function, an initialiser, a deinitialiser or a subscript.
    struct Function: Hashable {
        let name: String
        /// Where it begins, from 1 on.
        let line: Int
        /// From the line of its name to that of its closing brace.
        let length: Int
    }

    private let original: [UInt8]
    private(set) var bytes: [UInt8]
    /// What stands in `\(…)` of the string read last.
    private var interpolations: [Range<Int>] = []

    /// - Parameter keepsInterpolations: whether code in strings stays.
    init(_ text: String, keepsInterpolations: Bool = false) {
        self.init(Array(text.utf8), keepsInterpolations)
    }

    private init(_ text: [UInt8], _ keepsInterpolations: Bool) {
        original = text
        bytes = original
        var place = 0
        // The last byte that is not a space: what a slash after it means depends on it.
        var last = UInt8(ascii: "\n")
        while place < original.count {
            let start = place
            interpolations = []
            switch original[place] {
            case UInt8(ascii: "/") where at(place + 1) == UInt8(ascii: "/"): skipLine(&place)
            case UInt8(ascii: "/") where at(place + 1) == UInt8(ascii: "*"): skip(to: "*/", &place)
            case UInt8(ascii: "/") where "(,=:{[&|!?\n".utf8.contains(last) && isRegex(place): skipRegex(&place)
            case UInt8(ascii: "\""): skipString(&place)
            case UInt8(ascii: "#") where opensString(place): skipString(&place)
            case UInt8(ascii: "`"):
                place += 1
                skip(to: "`", &place)
            case let byte:
                if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\n") { last = byte }
                place += 1
                continue
            }
            if original[start] != UInt8(ascii: "/") { last = UInt8(ascii: "x") }
            blank(start, place)
            // Inner ones come first, and are written again with the outer one.
            for code in interpolations where keepsInterpolations {
                bytes.replaceSubrange(code, with: SwiftCode(Array(original[code]), true).bytes)
            }
        }
    }

    /// Whether every brace has its other one: if not, the source was not understood.
    var isBalanced: Bool {
        bytes.count { $0 == UInt8(ascii: "{") } == bytes.count { $0 == UInt8(ascii: "}") }
    }

    private func at(_ place: Int) -> UInt8 { place < original.count ? original[place] : 0 }

    private func matches(_ text: String, _ place: Int) -> Bool {
        place + text.utf8.count <= original.count
            && original[place..<(place + text.utf8.count)].elementsEqual(text.utf8)
    }

    private mutating func blank(_ start: Int, _ end: Int) {
        for place in start..<min(end, bytes.count) where bytes[place] != UInt8(ascii: "\n") {
            bytes[place] = UInt8(ascii: " ")
        }
    }

    private func skipLine(_ place: inout Int) {
        while place < original.count, at(place) != UInt8(ascii: "\n") { place += 1 }
    }

    private func skip(to end: String, _ place: inout Int) {
        while place < original.count, !matches(end, place) { place += 1 }
        place += end.utf8.count
    }

    private func opensString(_ place: Int) -> Bool {
        var place = place
        while at(place) == UInt8(ascii: "#") { place += 1 }
        return at(place) == UInt8(ascii: "\"")
    }

    /// A slash that a space follows divides.
    private func isRegex(_ place: Int) -> Bool {
        var end = place
        skipRegex(&end)
        return at(place + 1) != UInt8(ascii: " ")
            && !original[place..<min(end, original.count)].contains(UInt8(ascii: "\n"))
    }

    private func skipRegex(_ place: inout Int) {
        place += 1
        var isInSet = false
        while place < original.count, at(place) != UInt8(ascii: "\n"), isInSet || at(place) != UInt8(ascii: "/") {
            if at(place) == UInt8(ascii: "[") { isInSet = true }
            if at(place) == UInt8(ascii: "]") { isInSet = false }
            place += at(place) == UInt8(ascii: "\\") ? 2 : 1
        }
        place += 1
    }

    private mutating func skipString(_ place: inout Int) {
        var signs = ""
        while at(place) == UInt8(ascii: "#") {
            signs += "#"
            place += 1
        }
        let quotes = matches("\"\"\"", place) ? "\"\"\"" : "\""
        place += quotes.utf8.count
        while place < original.count, !matches(quotes + signs, place) {
            guard matches("\\" + signs, place) else {
                place += 1
                continue
            }
            place += 1 + signs.utf8.count
            if at(place) == UInt8(ascii: "(") { skipInterpolation(&place) } else { place += 1 }
        }
        place += quotes.utf8.count + signs.utf8.count
    }

    private mutating func skipInterpolation(_ place: inout Int) {
        let start = place
        defer { interpolations.append(start..<min(place, original.count)) }
        var depth = 0
        repeat {
            if at(place) == UInt8(ascii: "\"") || at(place) == UInt8(ascii: "#") && opensString(place) {
                skipString(&place)
                continue
            }
            if at(place) == UInt8(ascii: "(") { depth += 1 }
            if at(place) == UInt8(ascii: ")") { depth -= 1 }
            place += 1
        } while depth > 0 && place < original.count
    }
}

extension SwiftCode {
    /// All functions that have a body, nested ones too.
    var functions: [Function] {
        var functions: [Function] = []
        var line = 1
        var start = 0
        for end in bytes.indices where bytes[end] == UInt8(ascii: "\n") || end == bytes.count - 1 {
            let text = String(decoding: bytes[start...end], as: UTF8.self)
            if let offset = SwiftCode.declaration(in: text), let close = close(ofBodyAfter: start + offset) {
                let name = String(decoding: original[(start + offset)...], as: UTF8.self)
                    .prefix { $0 != "(" && $0 != "<" && $0 != "{" }
                let length = 1 + bytes[(start + offset)..<close].count { $0 == UInt8(ascii: "\n") }
                functions.append(Function(name: String(name.prefix(100)), line: line, length: length))
            }
            line += 1
            start = end + 1
        }
        return functions
    }

    /// Where on a line a declaration begins, as an offset in UTF-8.
    private static func declaration(in line: String) -> Int? {
        guard line.contains("func ") || line.contains("init") || line.contains("subscript") else { return nil }
        let match = line.prefixMatch(of: /\s*(?:@?[\w()]+\s+)*?(?<word>func\s|init[?!]?[(<]|deinit\s|subscript[(<])/)
        return match.map { line.utf8.distance(from: line.startIndex, to: $0.word.startIndex) }
    }

    /// The closing brace of the body; `nil` for what a protocol asks for.
    private func close(ofBodyAfter start: Int) -> Int? {
        var place = start
        var depth = 0
        while place < bytes.count, depth > 0 || bytes[place] != UInt8(ascii: "{") {
            switch bytes[place] {
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "}") where depth == 0: return nil
            case UInt8(ascii: "\n") where depth == 0 && !continues(after: place): return nil
            default: break
            }
            place += 1
        }
        depth = 0
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "{") { depth += 1 }
            if bytes[place] == UInt8(ascii: "}") { depth -= 1 }
            if depth == 0 { return place }
            place += 1
        }
        return nil
    }

    /// Whether the next line with something on it goes on with a signature.
    private func continues(after place: Int) -> Bool {
        let rest = bytes[place...].drop { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: " ") }
        return ["{", "->", "throws", "async", "where", "rethrows"].contains { rest.starts(with: $0.utf8) }
    }
}
