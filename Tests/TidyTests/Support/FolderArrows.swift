/// Which folder of a module uses what another one declares.
///
/// Names are compared, nothing is compiled: a type or a function of another folder counts wherever its name stands; a
/// member that an extension adds to a type of elsewhere counts as `Type.member`, as `Type(label:`, and as `.member` if
/// nothing else in the project has that name.
struct FolderArrows {
    /// A source and the folder of the module that it lies in; the module's own place is ``top``.
    struct File {
        let folder: String
        let name: String
        let text: String
    }

    struct Arrow: Hashable {
        let from: String
        let to: String
        /// Where it begins, and what is used.
        let file: String
        let name: String
    }

    static let top = "(top)"

    private(set) var arrows: Set<Arrow> = []

    private var folders: [String: String] = [:]
    private var members: [String: String] = [:]
    private var nested: [String: Set<String>] = [:]

    /// - Parameter others: sources outside of the module, whose names may be the same.
    init(_ files: [File], beside others: [String] = []) {
        var counts: [String: Int] = [:]
        let own = files.map { file in
            (file: file, code: SwiftCode(file.text, keepsInterpolations: true), found: Self.declarations(file.text))
        }
        let all = own.map(\.found) + others.map(Self.declarations)
        for found in all {
            for one in found where one.keyword != "extension" {
                counts[one.name, default: 0] += 1
                if one.isType, let outer = one.path.first { nested[Self.base(outer), default: []].insert(one.name) }
            }
        }
        for (file, _, found) in own {
            for one in found where one.path.isEmpty && !one.isPrivate && one.keyword != "extension" {
                folders[one.name] = file.folder
            }
        }
        for (file, _, found) in own {
            for one in found where one.path.count == 1 && one.isInExtension && !one.isPrivate {
                let type = Self.base(one.path[0])
                guard folders[type] != file.folder, !one.name.isEmpty else { continue }
                members[one.keyword == "init" ? "\(type)(\(one.name):" : "\(type).\(one.name)"] = file.folder
                if counts[one.name] == 1, one.keyword != "init" { members[".\(one.name)"] = file.folder }
            }
        }
        for (file, code, found) in own { look(file, code, found) }
    }

    private mutating func look(
        _ file: File,
        _ code: SwiftCode,
        _ found: [SwiftDeclarations.Declaration]
    ) {
        // A type that is nested in what the file declares or extends hides another of its name, and so does the file's own.
        let outer = found.filter { $0.path.isEmpty && ($0.isType || $0.keyword == "extension") }
        let hidden = outer.map { nested[Self.base($0.name)] ?? [] }.reduce(into: Set<String>()) { $0.formUnion($1) }
        let own = Set(found.filter { $0.path.isEmpty && $0.isPrivate }.map(\.name))
        let words = Self.words(code.bytes)
        for (place, word) in words.enumerated() {
            let isMember = place > 0 && words[place - 1] == "."
            // What says most comes first.
            var names: [String] = []
            if isMember, place > 1 { names.append("\(words[place - 2]).\(word)") }
            if place + 3 < words.count, words[place + 1] == "(", words[place + 3] == ":" {
                names.append("\(word)(\(words[place + 2]):")
            }
            names.append(isMember ? ".\(word)" : word)
            for name in names {
                let isHidden = hidden.contains(name) || own.contains(name)
                guard let target = members[name] ?? (isHidden ? nil : folders[name]), target != file.folder
                else { continue }
                arrows.insert(Arrow(from: file.folder, to: target, file: file.name, name: name))
                break
            }
        }
    }

    /// The arrows that do not point down, and those of folders that have no place in the order.
    ///
    /// - Parameter order: the folders, the lowest first. ``top`` may use all and is used by none.
    func upwards(in order: [String]) -> [Arrow] {
        func height(_ folder: String) -> Int? { folder == Self.top ? order.count : order.firstIndex(of: folder) }
        return arrows.filter { arrow in
            guard let from = height(arrow.from), let to = height(arrow.to) else { return true }
            return to > from
        }.sorted { ($0.file, $0.name) < ($1.file, $1.name) }
    }

    private static func declarations(_ text: String) -> [SwiftDeclarations.Declaration] {
        SwiftDeclarations(SwiftCode(text)).all
    }

    private static func base(_ type: String) -> String { String(type.prefix { $0 != "." }) }

    /// Names, and the signs `.`, `(` and `:` between them.
    private static func words(_ code: [UInt8]) -> [String] {
        var words: [String] = []
        var start: Int?
        for (place, byte) in (code + [UInt8(ascii: "\n")]).enumerated() {
            let isOfName =
                byte == UInt8(ascii: "_") || (48...57).contains(byte) || (65...90).contains(byte)
                || (97...122).contains(byte) || byte >= 0x80
            if isOfName {
                if start == nil { start = place }
                continue
            }
            if let begin = start { words.append(String(decoding: code[begin..<place], as: UTF8.self)) }
            start = nil
            if ".(:".utf8.contains(byte) { words.append(String(UnicodeScalar(byte))) }
        }
        return words
    }
}
