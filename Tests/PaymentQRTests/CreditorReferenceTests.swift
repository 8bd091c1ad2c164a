import Foundation
import PaymentQR
import TestSupport
import Testing
import Values

@Suite struct CreditorReferenceTests {
    @Test func `published references are valid and altered ones are not`() {
        for text in ["RF18539007547034", "RF72K7Q2M9A4", "RF33H62000000001", "rf18 5390 0754 7034"] {
            #expect(CreditorReference(text) != nil, "\(text)")
        }
        for text in [
            "RF19539007547034", "RF18539007547043", "RF1853900754703", "RF", "RF18", "XX18539007547034",
            "RF18539007547034Đ",
        ] {
            #expect(CreditorReference(text) == nil, "\(text)")
        }
    }

    @Test func `our references are found whatever a bank does to the memo`() {
        var random = Seeded("references in memos")
        for _ in 0..<2000 {
            let reference = CreditorReference.random(using: &random)
            #expect(reference.text.count == 16 && CreditorReference(reference.text) == reference)
            var memo = ""
            for character in reference.text {
                memo.append(random.chance(50) ? Character(character.lowercased()) : character)
                if random.chance(25) { memo += random.pick([" ", ".", "-", "\n", "  "]) }
            }
            memo =
                random.pick(["", "MBVCB.123.", "CT DEN:RF00", "thanh toán ", "RFRF"]) + memo
                + random.pick(["", "GD 991", "đ", " LE PHI", "."])
            #expect(CreditorReference.candidates(in: memo).contains(reference), "\(memo)")
        }
    }

    @Test func `two references in one memo are both found, in order`() {
        var random = Seeded("two references")
        let (first, second) = (CreditorReference.random(using: &random), CreditorReference.random(using: &random))
        #expect(CreditorReference.candidates(in: "\(first)\(second) \(first)") == [first, second])
    }

    @Test func `one wrong character is always detected`() {
        var random = Seeded("one wrong character")
        for _ in 0..<500 {
            var letters = Array(CreditorReference.random(using: &random).text)
            let place = Int.random(in: 2..<16, using: &random)
            let old = letters[place]
            // Mod 97-10 notices every change of a digit to a digit and of a letter to a letter.
            let others = CreditorReference.alphabet.filter { ($0 < 58) == old.isNumber }
            letters[place] = Character(Unicode.Scalar(random.pick(others)))
            if letters[place] == old { continue }
            #expect(CreditorReference(String(letters)) == nil)
        }
    }

    @Test func `Python computes the same check digits`() throws {
        var random = Seeded("check digits against Python")
        let references = (0..<500).map { _ in CreditorReference.random(using: &random).text }
        let script =
            "import sys\nfor l in sys.stdin:\n l=l.strip(); print(int(''.join(str(int(c,36)) for c in l[4:]+l[:4]))%97)"
        let output = try OtherProgram.run(
            "python3",
            ["-c", script],
            input: Data(references.joined(separator: "\n").utf8)
        )
        #expect(String(decoding: output, as: UTF8.self).split(separator: "\n") == Array(repeating: "1", count: 500))
    }
}
