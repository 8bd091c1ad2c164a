/// What a Swift source declares at the top and directly in its types and extensions, read line by line.
struct SwiftDeclarations {
    struct Declaration: Hashable {
        /// `struct`, `func`, `case`, `extension` and so on.
        let keyword: String
        /// For an initialiser, its first label.
        let name: String
        /// The types and extensions that it stands in, outermost first.
        let path: [String]
        let isPrivate: Bool
        /// Whether the outermost of ``path`` is an extension.
        let isInExtension: Bool

        var isType: Bool { SwiftDeclarations.types.contains(keyword) }
    }

    static let types: Set = ["struct", "enum", "class", "actor", "protocol", "typealias"]
    private static let members: Set = ["func", "var", "let", "case", "init", "associatedtype", "subscript"]
    private static let modifiers: Set = [
        "public", "package", "private", "fileprivate", "static", "final", "indirect", "mutating", "nonisolated",
        "private(set)", "internal(set)", "override", "lazy", "isolated", "prefix", "infix", "postfix",
    ]

    private(set) var all: [Declaration] = []

    init(_ code: SwiftCode) {
        var open: [(name: String, isExtension: Bool)] = []
        // A type whose brace opens on a later line.
        var waiting: (name: String, isExtension: Bool)?
        var depth = 0
        for line in code.bytes.split(separator: UInt8(ascii: "\n")) {
            // Otherwise the line is in the body of a function.
            if open.count == depth {
                for found in Self.declarations(in: String(decoding: line, as: UTF8.self), open) {
                    all.append(found)
                    let isExtension = found.keyword == "extension"
                    if isExtension || found.isType && found.keyword != "typealias" {
                        waiting = (found.name, isExtension)
                    }
                }
            }
            for byte in line {
                if byte == UInt8(ascii: "{") {
                    if let next = waiting { open.append(next) }
                    waiting = nil
                    depth += 1
                } else if byte == UInt8(ascii: "}") {
                    depth -= 1
                    if open.count > depth { open.removeLast() }
                }
            }
        }
    }

    private static func declarations(in line: String, _ types: [(name: String, isExtension: Bool)]) -> [Declaration] {
        let words = line.split(separator: " ")
        // An attribute may have arguments with spaces between them.
        var open = 0
        let rest = words.drop { word in
            let isInAttribute = open > 0 || word.hasPrefix("@")
            if isInAttribute { open += word.count { $0 == "(" } - word.count { $0 == ")" } }
            return isInAttribute || modifiers.contains(String(word))
        }
        guard let first = rest.first else { return [] }
        let keyword = String(first.prefix { $0.isLetter })
        guard Self.types.contains(keyword) || members.contains(keyword) || keyword == "extension" else { return [] }
        let isPrivate = words.prefix(upTo: rest.startIndex).contains { $0 == "private" || $0 == "fileprivate" }
        return names(of: keyword, rest).map { name in
            Declaration(
                keyword: keyword,
                name: name,
                path: types.map(\.name),
                isPrivate: isPrivate,
                isInExtension: types.first?.isExtension ?? false
            )
        }
    }

    private static func names(of keyword: String, _ words: ArraySlice<Substring>) -> [String] {
        let text = words.joined(separator: " ").dropFirst(keyword.count)
        switch keyword {
        case "init": return [String(text.drop { "?!(<".contains($0) }.prefix { $0.isLetter || $0 == "_" })]
        case "extension": return [String(text.dropFirst().prefix { isOfName($0) || $0 == "." })]
        case "case":
            var depth = 0
            let flat = text.filter { character in
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                return depth == 0
            }
            return flat.split(separator: ",").map { String($0.drop { $0 == " " }.prefix(while: isOfName)) }
        default: return [String(text.dropFirst().prefix(while: isOfName))]
        }
    }

    private static func isOfName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }
}
