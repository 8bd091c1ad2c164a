import PaymentQR
import TestSupport
import Testing

@Suite struct ReferenceSearchTests {
    /// Compares with the definition written out: every run of sixteen letters and digits that is a reference of ours.
    @Test func `the fast search finds what the definition says`() {
        var random = Seeded("search against its definition")
        let pieces = ["R", "r", "F", "f", "1", "8", " ", ".", "-", "\n", "đ", "L", "O", "Z", "RF", "é", "\0"]
        var seen = 0
        for _ in 0..<3000 {
            var memo = ""
            for _ in 0..<Int.random(in: 0..<12, using: &random) {
                switch Int.random(in: 0..<6, using: &random) {
                case 0:
                    let reference = CreditorReference.random(using: &random).text
                    memo += random.chance(50) ? reference : reference.lowercased()
                case 1: memo += String(CreditorReference.random(using: &random).text.prefix(9))
                default: memo += random.pick(pieces)
                }
            }
            let found = CreditorReference.candidates(in: memo)
            #expect(found.map(\.text) == slowly(memo), "\(memo.debugDescription)")
            #expect(CreditorReference.candidates(inBytes: Array(memo.utf8)) == found)
            #expect(CreditorReference.candidates(in: memo[...]) == found)
            seen += found.count
        }
        #expect(seen > 1000)
    }

    private func slowly(_ memo: String) -> [String] {
        let letters = Array(
            memo.unicodeScalars.filter { $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0)) }
        )
        var found: [String] = []
        for start in letters.indices.dropLast(15) {
            let text = String(String.UnicodeScalarView(letters[start..<(start + 16)])).uppercased()
            guard let reference = CreditorReference(text), reference.isOurs, !found.contains(text) else { continue }
            found.append(text)
        }
        return found
    }

    @Test func `long memos are searched up to the limit and no further`() {
        var random = Seeded("long memos")
        let reference = CreditorReference.random(using: &random)
        let limit = CreditorReference.maximumMemoBytes
        let before = String(repeating: ".", count: limit - 16)
        #expect(CreditorReference.candidates(in: before + reference.text) == [reference])
        #expect(CreditorReference.candidates(in: before + "." + reference.text) == [])
        // However long a memo is, and however often it seems to begin a reference, no more than the limit is read.
        for memo in ["RF", "RF1", "RF 18 ", "R ", "rf00000000000"].map({ String(repeating: $0, count: 1_000_000) }) {
            #expect(CreditorReference.candidates(in: memo + reference.text) == [])
        }
    }

    @Test func `only references of our form are ours`() throws {
        var random = Seeded("our own form")
        #expect(CreditorReference.random(using: &random).isOurs)
        #expect(try #require(CreditorReference("RF18539007547034")).isOurs)
        #expect(try #require(CreditorReference(body: "ABCDEFGHIJKL")).isOurs == false)
        #expect(try #require(CreditorReference(body: "1234567")).isOurs == false)
        #expect(CreditorReference(body: "abc") == nil && CreditorReference(body: "") == nil)
        #expect(CreditorReference.candidates(in: try #require(CreditorReference(body: "ABCDEFGHIJKL")).text).isEmpty)
    }

    @Test func `check digits that are never used are refused`() throws {
        var random = Seeded("aliases of check digits")
        var refused = 0
        while refused < 20 {
            let reference = CreditorReference.random(using: &random)
            // 97 and 00, 98 and 01, 02 and 99 leave the same remainder.
            guard let alias = ["97": "00", "98": "01", "02": "99"][String(reference.text.dropFirst(2).prefix(2))] else {
                continue
            }
            let text = "RF" + alias + reference.text.dropFirst(4)
            #expect(CreditorReference(text) == nil)
            #expect(CreditorReference.candidates(in: text) == [])
            refused += 1
        }
    }
}
