import Foundation
import TestSupport
import Testing
import Values

@Suite struct CSVReaderTests {
    private func rows(_ text: String, delimiter: Character = ",") throws -> [[String]] {
        try CSV.parse(Array(text.utf8), delimiter: delimiter.asciiValue!).map(\.fields)
    }

    private func fault(_ bytes: [UInt8]) -> CSVError? {
        #expect(throws: CSVError.self) { try CSV.parse(bytes) }
    }

    @Test func `plain and quoted fields are read`() throws {
        #expect(
            try rows("a,b\r\n\"x, y\",\"say \"\"hi\"\"\"\n,\n") == [["a", "b"], ["x, y", "say \"hi\""], ["", ""]]
        )
        #expect(try rows("a;b,c", delimiter: ";") == [["a", "b,c"]])
    }

    @Test func `a quoted field may contain line breaks, and rows keep their physical line number`() throws {
        let read = try CSV.parse(Array("h\n\"one\ntwo\r\nthree\",x\n\nlast".utf8))
        #expect(
            read == [
                CSVRow(line: 1, fields: ["h"]), CSVRow(line: 2, fields: ["one\ntwo\r\nthree", "x"]),
                CSVRow(line: 6, fields: ["last"]),
            ]
        )
    }

    @Test func `a blank line is not a row, but a single quoted empty field is`() throws {
        #expect(try rows("\n\r\n\"\"\n\na\n\n") == [[""], ["a"]])
        #expect(try rows("") == [])
        #expect(try rows("\n") == [])
    }

    @Test func `a byte order mark is skipped only at the start`() throws {
        #expect(try rows("\u{FEFF}a,b") == [["a", "b"]])
        #expect(try rows("\u{FEFF}\"a,b\",c") == [["a,b", "c"]])
        #expect(try rows("\u{FEFF}") == [])
        #expect(try rows("\u{FEFF}\nx") == [["x"]])
        #expect(try rows("a,\u{FEFF}b\n\u{FEFF}c") == [["a", "\u{FEFF}b"], ["\u{FEFF}c"]])
        #expect(try rows("\u{FF21}") == [["\u{FF21}"]], "a letter that shares the mark's first byte")
    }

    @Test(arguments: [
        ("a,\"b\"c\n", 1, 2, "text after the closing quote of a field"),
        ("a\nb,\"c\nd", 3, 2, "a quoted field is never closed"),
        ("a,b\"c\n", 1, 2, "a quote inside a field that is not quoted: double it and quote the field"),
        ("a\rb\n", 1, 1, "a carriage return inside a line"),
        ("a\nb\r", 2, 1, "a carriage return inside a line"),
        ("a\nx,\0\n", 2, 2, "a NUL byte"),
        ("\"\0\"", 1, 1, "a NUL byte"),
    ])
    func `invalid CSV is refused with its line and column`(text: String, line: Int, column: Int, reason: String) {
        let found = fault(Array(text.utf8))
        #expect(found?.line == line && found?.column == column && found?.reason[.english] == reason)
        #expect(found?.reason[.vietnamese] != reason)
    }

    @Test func `text that is not UTF-8 is refused with its field`() {
        let reason = Phrase(
            vi: "không phải UTF-8 hợp lệ: hãy lưu tệp theo UTF-8",
            en: "not valid UTF-8: save the file as UTF-8"
        )
        #expect(fault([0x61, 0x0A, 0x62, 0x2C, 0xFF, 0x0A]) == CSVError(line: 2, column: 2, reason: reason))
        // Two halves of one letter either side of a delimiter are not a letter.
        #expect(fault([0xC3, 0x2C, 0xA9]) == CSVError(line: 1, column: 1, reason: reason))
    }

    @Test func `a record beyond the limit is refused`() throws {
        for text in [
            String(repeating: "x", count: 101), "\"" + String(repeating: "\n", count: 101),
            "a," + String(repeating: ",", count: 100),
        ] {
            var reader = CSVReader(maximumRowBytes: 100)
            #expect(throws: CSVError.self) {
                try reader.feed(Array(text.utf8)) { _ in }
                try reader.finish { _ in }
            }
        }
        var reader = CSVReader(maximumRowBytes: 100)
        var count = 0
        try reader.feed(Array((String(repeating: "x", count: 100) + "\n").utf8)) { _ in count += 1 }
        #expect(count == 1)
    }

    @Test func `pieces of any size read the same`() throws {
        let text = "\u{FEFF}h1,\"h\"\"2\"\r\n\"a\r\nb\",ố\n\n\"\",\"\"\n€,\"😀\""
        let whole = try CSV.parse(Array(text.utf8))
        for size in 1...9 {
            var reader = CSVReader()
            var rows: [CSVRow] = []
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                try reader.feed(rest.prefix(size)) { rows.append($0) }
                rest = rest.dropFirst(size)
            }
            try reader.finish { rows.append($0) }
            #expect(rows == whole, "pieces of \(size) bytes")
        }
    }

    @Test func `the bytes of a row return trimmed fields`() throws {
        var scanner = CSVScanner()
        var seen: [[String]] = []
        try scanner.feed(Array("  a b ,\"  \",c\n".utf8)) { row in
            seen.append((0..<row.count).map { row.string(row.trimmedRange($0)) })
        }
        #expect(seen == [["a b", "", "c"]])
    }

    @Test func `what is written reads back the same`() throws {
        var random = Seeded("CSV fields")
        let seed = random.seed
        let alphabet = Array("ab\",\n\r ;é\u{301}ố😀")
        for _ in 0..<500 {
            let written = (0..<Int.random(in: 1...5, using: &random)).map { _ in
                (0..<Int.random(in: 1...6, using: &random)).map { _ in
                    String(
                        (0..<Int.random(in: 0...8, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
                    )
                }
            }
            let text = written.map { CSV.line($0) + (Bool.random(using: &random) ? "\n" : "\r\n") }.joined()
            let read = try CSV.parse(Array(text.utf8)).map(\.fields)
            // Bytes, for strings compare equal under composition.
            #expect(read.map { $0.map { Array($0.utf8) } } == written.map { $0.map { Array($0.utf8) } }, "seed \(seed)")
        }
    }

    /// The goal: our reader and Python's agree on every text that both accept. Texts are drawn from an alphabet that is
    /// mostly punctuation; Python runs in strict mode.
    @Test func `Python reads the same rows`() throws {
        var random = Seeded("CSV texts")
        let seed = random.seed
        let alphabet = Array("ab\",,\n".utf8)
        var texts: [String] = []
        for _ in 0..<400 {
            let bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in alphabet.randomElement(using: &random)!
            }
            texts.append(String(decoding: bytes, as: UTF8.self))
        }
        let program = """
            import csv, io, json, sys
            for text in json.load(sys.stdin):
                try: print(json.dumps([row for row in csv.reader(io.StringIO(text, newline=''), strict=True) if row]))
                except csv.Error as error: print('null')
            """
        let input = Data(JSON.array(texts.map(JSON.string)).bytes)
        let answer = String(
            decoding: try OtherProgram.run(OtherProgram.python, ["-c", program], input: input),
            as: UTF8.self
        )
        for (text, line) in zip(texts, answer.split(separator: "\n", omittingEmptySubsequences: false)) {
            let python = try JSON.parse(String(line)).array?.map { $0.array!.map { $0.string! } }
            // We refuse what Python lets pass: a quote inside a plain field.
            guard let ours = try? CSV.parse(Array(text.utf8)).map(\.fields) else { continue }
            #expect(ours == python, "seed \(seed), text \(text.debugDescription)")
        }
    }
}
