import Foundation
import TestSupport
import Testing
import Values

@Suite struct JSONTests {
    @Test func `invalid JSON is refused`() {
        for text in [
            "", "{", "{\"a\":1,}", "[1,]", "{\"a\":1,\"a\":2}", "01", "+1", "1.", ".5", "nul", "\"\\x\"", "\"\\ud800\"",
            "{\"a\" 1}", "1 2", "'a'", "\"\u{1}\"", "NaN",
        ] {
            #expect(throws: JSON.ParseError.self, "\(text)") { try JSON.parse(text) }
        }
        #expect(throws: JSON.ParseError.self) { try JSON.parse([0x22, 0xFF, 0x22] as [UInt8]) }
        #expect(throws: JSON.ParseError.self) { try JSON.parse(String(repeating: "[", count: 100_000)) }
    }

    @Test func `numbers are kept as they were written`() throws {
        let json = try JSON.parse("{\"a\":1.50,\"b\":12345678901234567890,\"c\":-0}")
        #expect(json["a"] == .number("1.50"))
        #expect(json["a"]?.integer == nil)
        #expect(json["b"]?.integer == nil)
        #expect(json.serialized == "{\"a\":1.50,\"b\":12345678901234567890,\"c\":-0}")
    }

    @Test func `what is written reads back the same, in Python too`() throws {
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
