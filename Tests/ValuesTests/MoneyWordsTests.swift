import Foundation
import TestSupport
import Testing
import Values

/// Amounts in Vietnamese words.
@Suite struct MoneyWordsTests {
    @Test(arguments: [
        (0, "Không đồng"), (1, "Một đồng"), (10_000, "Mười nghìn đồng"), (14, "Mười bốn đồng"), (15, "Mười lăm đồng"),
        (21_000, "Hai mươi mốt nghìn đồng"), (24, "Hai mươi tư đồng"), (25, "Hai mươi lăm đồng"),
        (101, "Một trăm linh một đồng"), (104, "Một trăm linh bốn đồng"), (105, "Một trăm linh năm đồng"),
        (115_000, "Một trăm mười lăm nghìn đồng"), (444, "Bốn trăm bốn mươi tư đồng"),
        (555, "Năm trăm năm mươi lăm đồng"),
        (1001, "Một nghìn không trăm linh một đồng"), (1010, "Một nghìn không trăm mười đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"), (1_000_005, "Một triệu không trăm linh năm đồng"),
        (1_000_000_005, "Một tỷ không trăm linh năm đồng"), (5_000_000_000_000, "Năm nghìn tỷ đồng"),
        (1_005_000_000_000, "Một nghìn không trăm linh năm tỷ đồng"),
        (
            9_999_999_999_999,
            "Chín nghìn chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín đồng"
        ),
    ])
    func `an amount is written as an official writes it`(_ amount: Int, _ words: String) {
        #expect(Money(Int64(amount)).inWords == words)
    }

    @Test func `a million random amounts are read back from their words`() {
        var random = Seeded("amounts in words")
        var wrong: [String] = []
        for number in 0..<1_000_000 {
            let amount = number < 20_000 ? Int64(number) : randomAmount(&random)
            let words = Money(amount).inWords
            if WordsReader.number(words) != amount { wrong.append("\(amount): \(words)") }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    }

    @Test func `num2words says the same where it is right`() throws {
        var random = Seeded("amounts against num2words")
        var amounts: [Int64] = []
        while amounts.count < 100_000 {
            // See the script: no group below 100 after a higher one, and nothing from a thousand milliards on.
            let groups = (0..<Int.random(in: 1...4, using: &random)).map { place in
                place == 0 || random.chance(75)
                    ? Int64.random(in: place == 0 ? 0...999 : 100...999, using: &random) : 0
            }
            amounts.append(groups.reduce(0) { $0 * 1000 + $1 })
        }
        // A leading group of 0 makes the next one the first, which is right, too.
        let input = Data(amounts.map { "\($0)\n" }.joined().utf8)
        let script = Repository.root + "/Tests/ValuesTests/Oracle/words.py"
        let output = try OtherProgram.run(OtherProgram.python, [script], input: input)
        let theirs = String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(theirs.count == amounts.count)
        let differing = zip(amounts, theirs).filter { amount, words in
            Money(amount).inWords.lowercased() != words + " đồng"
        }
        #expect(differing.isEmpty, "\(differing.prefix(3)) \(differing.prefix(3).map { Money($0.0).inWords })")
    }

    /// As long as it may be, with many zeros.
    private func randomAmount(_ random: inout Seeded) -> Int64 {
        let length = Int.random(in: 1...13, using: &random)
        return (0..<length).reduce(0) { number, _ in
            number * 10 + (random.chance(40) ? 0 : Int64.random(in: 0...9, using: &random))
        }
    }
}

/// Reads numbers in words by the grammar of the language, not by the rules that wrote them.
private enum WordsReader {
    private static let digits = [
        "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7,
        "tám": 8, "chín": 9,
    ].mapValues(Int64.init)

    /// `nil` if a word stands where it cannot.
    static func number(_ text: String) -> Int64? {
        var words = text.lowercased().split(separator: " ").map(String.init)
        guard words.popLast() == "đồng", !words.isEmpty else { return nil }
        var (whole, block, group): (Int64, Int64, Int64) = (0, 0, 0)
        var digit: Int64?
        var before = ""
        for word in words {
            if let value = digits[word] {
                guard digit == nil, isSpoken(word, after: before, isFirst: before.isEmpty) else { return nil }
                digit = value
            } else {
                switch word {
                case "trăm": (group, digit) = (group + (digit ?? 0) * 100, nil)
                case "mươi": (group, digit) = (group + (digit ?? 0) * 10, nil)
                case "mười": group += 10
                case "linh": guard before == "trăm", group % 100 == 0 else { return nil }
                case "nghìn": (block, group, digit) = (block + (group + (digit ?? 0)) * 1000, 0, nil)
                case "triệu": (block, group, digit) = (block + (group + (digit ?? 0)) * 1_000_000, 0, nil)
                case "tỷ": (whole, block, group, digit) = ((block + group + (digit ?? 0)) * 1_000_000_000, 0, 0, nil)
                default: return nil
                }
            }
            before = word
        }
        return whole + block + group + (digit ?? 0)
    }

    private static func isSpoken(_ word: String, after before: String, isFirst: Bool) -> Bool {
        switch word {
        case "mốt", "tư": before == "mươi"
        case "lăm": before == "mươi" || before == "mười"
        case "một", "bốn": before != "mươi"
        case "năm": before != "mươi" && before != "mười"
        default: true
        }
    }
}
