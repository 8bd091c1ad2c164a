import Foundation
import TestSupport
import Testing
import Values

@Suite struct CSVTests {
    @Test func `quotes, line breaks and a byte order mark are read`() throws {
        let rows = try CSV.parse(Array("\u{FEFF}a,b\r\n\"x \"\"y\"\"\n z\",\r\n\r\n1,\"\"".utf8))
        #expect(rows.map(\.fields) == [["a", "b"], ["x \"y\"\n z", ""], ["1", ""]])
        #expect(rows.map(\.line) == [1, 2, 5])
    }

    @Test func `the place where a text is not CSV is reported`() {
        for (text, line) in [("a\n\"b", 2), ("a,b\"c\n", 1), ("a\n\"b\"c\n", 2), ("a\u{0}", 1), ("a\rb", 1)] {
            #expect(throws: CSVError.self, "\(text)") { try CSV.parse(Array(text.utf8)) }
            do { _ = try CSV.parse(Array(text.utf8)) } catch let error as CSVError { #expect(error.line == line) } catch
            {}
        }
        #expect(throws: CSVError.self) { try CSV.parse([0x61, 0xFF, 0x0A]) }
    }

    @Test func `what is written reads back the same wherever it is cut into pieces`() throws {
        var random = Seeded("CSV round trip")
        let letters: [Character] = ["a", ",", "\"", "\n", "đ", " ", ";", "7"]
        for _ in 0..<200 {
            let width = Int.random(in: 1..<6, using: &random)
            let records = (0..<Int.random(in: 1..<8, using: &random)).map { _ in
                (0..<width).map { _ in
                    String((0..<Int.random(in: 0..<6, using: &random)).map { _ in random.pick(letters) })
                }
            }
            let bytes = Array(records.map { CSV.line($0) + (random.chance(50) ? "\n" : "\r\n") }.joined().utf8)
            var reader = CSVReader()
            var read: [[String]] = []
            var index = 0
            while index < bytes.count {
                let end = min(bytes.count, index + Int.random(in: 1..<9, using: &random))
                try reader.feed(bytes[index..<end]) { read.append($0.fields) }
                index = end
            }
            try reader.finish { read.append($0.fields) }
            #expect(read == records)
        }
    }

    @Test func `a text that begins like a formula is shown and not computed`() {
        for text in ["=1+1", "+cmd|calc", "-2+3", "@SUM(1)", "\tx", "\rx", "\nx", "=HYPERLINK(\"http://evil\")"] {
            #expect(CSV.shown(text) == "'" + text)
        }
        for text in ["", "NOP LE PHI", "1=1", " =1", "'=1", "Lệ phí", "12-3"] { #expect(CSV.shown(text) == text) }
    }
}
