import Foundation
import TestSupport
import Testing
import Values

@Suite struct MoneyTests {
    @Test func rejectsWhatIsNoAmount() {
        for text in ["", "-1", "1.0", "1,000", " 1", "１２", "1e3", "99999999999999"] {
            #expect(Money.parse(text) == nil)
        }
        #expect(Money.parse("9999999999999") == .maximum)
        #expect(Money.parse("0") == .zero)
    }

    @Test func roundsSharesHalfUp() {
        #expect(Money(5).share(50, of: 100) == Money(3))
        #expect(Money(333).share(15, of: 1000) == Money(5))
        #expect(Money(7).share(7, of: 100) == Money(0))
        #expect(Money.maximum.share(100, of: 100) == .maximum)
    }

    @Test func refusesProductsBeyondTheMaximum() {
        #expect(Money(1_000_000).times(10_000_000) == nil)
        #expect(Money(Int64.max).times(2) == nil)
        #expect(Money(9_999_999_999).times(1000) == Money(9_999_999_999_000))
    }

    @Test func groupsByDots() {
        #expect(Money(1_234_567).grouped == "1.234.567")
        #expect(Money(-1000).grouped == "-1.000")
        #expect(Money(12).formatted == "12 ₫")
    }
}

@Suite struct DayAndInstantTests {
    @Test func daysThatDoNotExistAreRefused() {
        for text in ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "20260101", "2026-04-31", "1899-12-31"] {
            #expect(Day(text) == nil, "\(text)")
        }
        #expect(Day("2024-02-29")?.description == "2024-02-29")
    }

    @Test func everyDayOfACenturyReadsBackAsItIsWritten() {
        var day = Day("1950-01-01")!
        while day < Day("2060-01-01")! {
            #expect(Day(day.description) == day)
            #expect(day.start.day == day)
            #expect(day.lastSecond.day == day)
            day = day.next
        }
    }

    @Test func businessDaysEndAtMidnightInVietnam() {
        #expect(Instant("2026-11-20T16:59:59Z")?.day == Day("2026-11-20"))
        #expect(Instant("2026-11-20T17:00:00Z")?.day == Day("2026-11-21"))
        #expect(Instant("2026-11-21T09:30:00.25+07:00")?.description == "2026-11-21T09:30:00.25+07:00")
    }

    @Test func timesThatAreNoneAreRefused() {
        for text in [
            "2026-11-21", "2026-11-21T09:30:00", "2026-11-21T24:00:00Z", "2026-11-21T09:30:00+7",
            "2026-11-21T09:30:60Z",
        ] {
            #expect(Instant(text) == nil, "\(text)")
        }
    }
}

@Suite struct JSONTests {
    @Test func refusesWhatStrictReadersMust() {
        for text in [
            "", "{", "{\"a\":1,}", "[1,]", "{\"a\":1,\"a\":2}", "01", "+1", "1.", ".5", "nul", "\"\\x\"", "\"\\ud800\"",
            "{\"a\" 1}", "1 2", "'a'", "\"\u{1}\"", "NaN",
        ] {
            #expect(throws: JSON.ParseError.self, "\(text)") { try JSON.parse(text) }
        }
        #expect(throws: JSON.ParseError.self) { try JSON.parse([0x22, 0xFF, 0x22] as [UInt8]) }
        #expect(throws: JSON.ParseError.self) { try JSON.parse(String(repeating: "[", count: 100_000)) }
    }

    @Test func keepsNumbersAsTheyWereWritten() throws {
        let json = try JSON.parse("{\"a\":1.50,\"b\":12345678901234567890,\"c\":-0}")
        #expect(json["a"] == .number("1.50"))
        #expect(json["a"]?.integer == nil)
        #expect(json["b"]?.integer == nil)
        #expect(json.serialized == "{\"a\":1.50,\"b\":12345678901234567890,\"c\":-0}")
    }

    @Test func whatIsWrittenReadsBackAndPythonAgrees() throws {
        var random = Seeded("JSON round trip")
        var values: [JSON] = []
        for _ in 0..<300 { values.append(value(&random, depth: 4)) }
        for json in values {
            #expect(try JSON.parse(json.serialized) == json)
            #expect(try JSON.parse(json.pretty) == json)
        }
        let script = "import json,sys\nfor line in sys.stdin.buffer: json.dumps(json.loads(line)); print('ok')"
        let input = values.map { $0.serialized + "\n" }.joined()
        let output = try OtherProgram.run("python3", ["-c", script], input: Data(input.utf8))
        #expect(String(decoding: output, as: UTF8.self).split(separator: "\n").count == values.count)
    }

    private func value(_ random: inout Seeded, depth: Int) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(random.chance(50))
        case 2: return .integer(Int64.random(in: .min ... .max, using: &random))
        case 3: return .string(text(&random))
        case 4: return .number("\(Int.random(in: 0..<99, using: &random)).\(Int.random(in: 0..<99, using: &random))e-3")
        case 5: return .array((0..<Int.random(in: 0..<5, using: &random)).map { _ in value(&random, depth: depth - 1) })
        default:
            return .object(
                (0..<Int.random(in: 0..<20, using: &random)).map {
                    .init("\($0)" + text(&random), value(&random, depth: depth - 1))
                }
            )
        }
    }

    private func text(_ random: inout Seeded) -> String {
        let letters: [Character] = ["a", "\"", "\\", "\n", "\u{1}", "đ", "ễ", "😀", "/", "\u{7F}", " "]
        return String((0..<Int.random(in: 0..<12, using: &random)).map { _ in random.pick(letters) })
    }
}

@Suite struct CSVTests {
    @Test func readsQuotesLineEndsAndMarks() throws {
        let rows = try CSV.parse(Array("\u{FEFF}a,b\r\n\"x \"\"y\"\"\n z\",\r\n\r\n1,\"\"".utf8))
        #expect(rows.map(\.fields) == [["a", "b"], ["x \"y\"\n z", ""], ["1", ""]])
        #expect(rows.map(\.line) == [1, 2, 5])
    }

    @Test func namesWhereATextIsNoCSV() {
        for (text, line) in [("a\n\"b", 2), ("a,b\"c\n", 1), ("a\n\"b\"c\n", 2), ("a\u{0}", 1), ("a\rb", 1)] {
            #expect(throws: CSVError.self, "\(text)") { try CSV.parse(Array(text.utf8)) }
            do { _ = try CSV.parse(Array(text.utf8)) } catch let error as CSVError { #expect(error.line == line) } catch
            {}
        }
        #expect(throws: CSVError.self) { try CSV.parse([0x61, 0xFF, 0x0A]) }
    }

    @Test func whatIsWrittenReadsBackWhereverItIsCut() throws {
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
}
