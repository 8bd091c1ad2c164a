/// The tests and suites that a Swift source declares.
struct TestNames {
    /// The name of each function marked `@Test`, with its backticks.
    let all: [String]
    /// The type of each `@Suite`.
    let suites: [String]

    /// Names of tests that are not raw identifiers.
    var withoutSentence: [String] { all.filter { !$0.hasPrefix("`") } }

    init(_ text: String) {
        let code = SwiftCode(text)
        let original = Array(text.utf8)
        all = TestNames.names(after: "@Test", word: "func ", in: code.bytes, original)
        suites = TestNames.names(after: "@Suite", word: "struct ", in: code.bytes, original)
    }

    private static func names(after attribute: String, word: String, in code: [UInt8], _ text: [UInt8]) -> [String] {
        var names: [String] = []
        var start = 0
        while let place = firstPlace(of: attribute, in: code, from: start) {
            start = place + 1
            guard let found = firstPlace(of: word, in: code, from: place) else { break }
            let name = text[(found + word.utf8.count)...]
            if name.first == UInt8(ascii: "`") {
                let end = name.dropFirst().firstIndex(of: UInt8(ascii: "`")) ?? name.endIndex - 1
                names.append(String(decoding: name[...end], as: UTF8.self))
            } else {
                names.append(String(decoding: name.prefix(while: isOfName), as: UTF8.self))
            }
        }
        return names
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || Character(Unicode.Scalar(byte)).isLetter
            || Character(Unicode.Scalar(byte)).isNumber
    }

    /// Where a word begins that no letter or digit continues.
    private static func firstPlace(of word: String, in code: [UInt8], from start: Int) -> Int? {
        let word = Array(word.utf8)
        var place = start
        while place + word.count <= code.count {
            let end = place + word.count
            if code[place] == word[0], code[place..<end].elementsEqual(word),
                word.last == UInt8(ascii: " ") || end == code.count || !isOfName(code[end])
            {
                return place
            }
            place += 1
        }
        return nil
    }
}
