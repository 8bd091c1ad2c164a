import PaymentQR
import PureSupport
import Testing

/// References that a bank, a phone or a hand has damaged.
@Suite struct MemoDoctorTests {
    /// References that are known, found by the runs of letters in their bodies, as the database finds them.
    private struct Known {
        private(set) var all: [String] = []
        private var byGram: [String: [Int]] = [:]

        init(_ count: Int, _ random: inout Seeded) {
            for number in 0..<count {
                let text = CreditorReference.random(using: &random).text
                all.append(text)
                let body = Array(text).dropFirst(4)
                for start in body.indices.dropLast(MemoDoctor.gramLength - 1) {
                    byGram[String(body[start..<(start + MemoDoctor.gramLength)]), default: []].append(number)
                }
            }
        }

        func findings(_ memo: String) -> [MemoFinding] {
            let doctor = MemoDoctor(memo)
            return doctor.findings(among: Set(doctor.grams.flatMap { byGram[$0] ?? [] }).map { all[$0] })
        }
    }

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    private static let accents: [Character: String] = [
        "A": "ÁÀẢÃẠĂÂ", "D": "Đ", "E": "ÉÈÊỆ", "Y": "ÝỲ", "N": "Ñ", "C": "Ç",
    ]
    private static let words = [
        "NOP LE PHI", "chuyen tien", "Nộp lệ phí cấp đổi thẻ căn cước", "thanh toan ho so", "CT DEN", "phi",
        "H44.26.0001",
    ]
    private static let prefixes = [
        "MBVCB.1234567890.", "CT DEN:123456789012 ", "IBFT ", "", "", "SHGD:10001234.DD:251120.BO:NGUYEN VAN A.REM:",
        "Z-QR/",
        "PARTNER.DIRECT_DEBITS_VCB.ZLP.",
    ]

    /// What happens to one reference. At least eleven characters of sixteen are left.
    private static func damaged(_ text: String, _ random: inout Seeded) -> String {
        var letters = Array(text)
        switch Int.random(in: 0..<9, using: &random) {
        case 0: letters.removeLast(Int.random(in: 1...5, using: &random))
        case 1: letters.removeFirst(Int.random(in: 1...5, using: &random))
        case 2:
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                letters.remove(at: Int.random(in: 0..<letters.count, using: &random))
            }
        case 3: letters = letters.map { $0 == "0" ? "O" : $0 == "1" ? random.pick(["I", "l"]) : $0 }
        case 4:
            let place = Int.random(in: 0..<letters.count, using: &random)
            letters.insert(letters[place], at: place)
        case 5:
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                letters[Int.random(in: 4..<letters.count, using: &random)] = random.pick(alphabet)
            }
        case 6: letters = letters.map { letter in accents[letter].map { random.pick(Array($0)) } ?? letter }
        case 7:
            let place = Int.random(in: 4..<15, using: &random)
            letters.swapAt(place, place + 1)
        default:
            letters.insert(
                contentsOf: random.pick(["\n", " ", ".", "-", "\r\n  "]),
                at: Int.random(in: 1..<16, using: &random)
            )
        }
        let text = String(letters)
        return random.chance(30) ? text.lowercased() : text
    }

    @Test func `damaged references are found again, and none is taken for another`() {
        var random = Seeded("damaged memos")
        let known = Known(20_000, &random)
        var (asked, found, proved, likelyAndWrong) = (0, 0, 0, 0)
        let memos = Oracle.count(4000)
        for number in 0..<memos {
            var truths: [String] = []
            var memo = random.pick(Self.prefixes)
            // One in ten has two, one in ten a reference that nobody here gave out.
            for _ in 0..<(random.chance(10) ? 2 : 1) {
                let isStranger = random.chance(10)
                let reference = isStranger ? CreditorReference.random(using: &random).text : random.pick(known.all)
                if !isStranger { truths.append(reference) }
                memo +=
                    Self.damaged(reference, &random) + random.pick([" ", ". ", "\n", " - "]) + random.pick(Self.words)
                    + " "
            }
            let findings = known.findings(memo)
            for finding in findings where !truths.contains(finding.reference) {
                #expect(finding.certainty != .proof, "memo \(number): \(memo.debugDescription) is no \(finding)")
                if finding.certainty == .likely { likelyAndWrong += 1 }
            }
            asked += truths.count
            found += truths.count { truth in findings.contains { $0.reference == truth && $0.certainty != .possible } }
            proved += truths.count { truth in findings.contains { $0.reference == truth && $0.certainty == .proof } }
        }
        print(
            "of \(asked) damaged references \(found) were found, \(proved) beyond doubt; \(likelyAndWrong) wrong ones likely"
        )
        #expect(found * 100 >= asked * 99, "\(found) of \(asked)")
        #expect(proved * 100 >= asked * 90, "\(proved) of \(asked)")
        // One in a thousand memos, and what chance adds.
        #expect(likelyAndWrong <= 5 + memos / 1000, "\(likelyAndWrong) of \(memos)")
    }

    @Test func `it says which characters convince, and where they stand`() throws {
        let doctor = MemoDoctor("Nộp phí rf18-539oo7 5470 cấp lại")
        let finding = try #require(doctor.findings(among: ["RF18539007547034", "RF42ABCDEFGHJKMN"]).first)
        #expect(finding.reference == "RF18539007547034")
        #expect(finding.certainty == .proof && finding.isAlone)
        // The last two were cut off.
        #expect(finding.agreeing == [Bool](repeating: true, count: 14) + [false, false])
        #expect(finding.agreeingInBody == 10 && finding.distance == 2)
        #expect(finding.characters == 8..<24)
        #expect(doctor.findings(among: ["RF42ABCDEFGHJKMN"]) == [])
        #expect(doctor.findings(among: ["too short", "RF18 5390 0754 7034"]) == [])
    }

    @Test func `a likeness that two references have in one place proves neither`() {
        // They differ in the characters that were lost.
        let (one, two) = ("RF18539007547034", "RF20539007547ABC")
        let findings = MemoDoctor("539007547 nop phi").findings(among: [one, two])
        #expect(findings.count == 2 && findings.allSatisfy { !$0.isAlone && $0.certainty != .proof })
    }

    @Test func `a memo without letters, and one without end, are read`() {
        #expect(MemoDoctor("").grams == [] && MemoDoctor("").findings(among: ["RF18539007547034"]) == [])
        #expect(MemoDoctor("…!").grams == [])
        #expect(MemoDoctor("abc").grams == [])
        let long = MemoDoctor(String(repeating: "RF18 5390 0754 7034 ", count: 100_000))
        #expect(long.grams.count < MemoDoctor.maximumLetters)
        #expect(long.findings(among: ["RF18539007547034"]).first?.distance == 0)
    }
}
