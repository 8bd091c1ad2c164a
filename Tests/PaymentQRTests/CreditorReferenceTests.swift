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

    /// Draws these first, and then by its seed.
    private struct Rigged: RandomNumberGenerator {
        var first: [UInt64]
        var rest = Seeded("references after rigged ones")

        mutating func next() -> UInt64 { first.isEmpty ? rest.next() : first.removeFirst() }
    }

    @Test func `those of a test installation begin TEST, and none of a live one does`() {
        var random = Seeded("references of two modes")
        for _ in 0..<500 {
            let test = CreditorReference.random(using: &random, mode: .test)
            #expect(test.text.dropFirst(4).hasPrefix("TEST") && test.text.count == 16 && test.isOurs && test.isOfTest)
            #expect(CreditorReference(test.text) == test && CreditorReference.candidates(in: "ck \(test) x") == [test])
            #expect(!CreditorReference.random(using: &random).isOfTest)
        }
        let places = "TEST".utf8.map { CreditorReference.alphabet.firstIndex(of: $0) ?? 0 }
        let bits = places.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << (5 * UInt64($1.offset)) }
        var rigged = Rigged(first: [bits, bits | 7 << 40])
        let live = CreditorReference.random(using: &rigged)
        #expect(rigged.first.isEmpty && !live.text.dropFirst(4).hasPrefix("TEST"))
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
