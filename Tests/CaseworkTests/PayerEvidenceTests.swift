import Casework
import Testing
import Values
import Workflow

/// The paper that proves a payer's category.
@Suite struct PayerEvidenceTests {
    @Test(arguments: [
        ("12/HN-2026", "12/HN-2026"), ("  12  HN\u{A0}\u{3000}2026 ", "12 HN 2026"), ("số 7", "số 7"),
        (String(repeating: "9", count: 64), String(repeating: "9", count: 64)),
    ])
    func `a number is kept cleaned`(_ given: String, _ kept: String) {
        #expect(PayerEvidence(.poorHousehold, number: given)?.number == kept)
    }

    @Test(arguments: [
        "", "   ", String(repeating: "9", count: 65), "12\u{0}3", "12\u{200B}3", "12\u{202E}3", "12\u{FEFF}",
        "\u{E000}",
    ])
    func `a number that cannot be read or is too long is refused`(_ given: String) {
        #expect(PayerEvidence(.other, number: given) == nil)
    }

    @Test func `the number of a paper appears in no log`() throws {
        let evidence = try #require(PayerEvidence(.citizenID, number: "025099001234"))
        var dumped = ""
        dump(evidence, to: &dumped)
        for text in ["\(evidence)", String(reflecting: evidence), String(describing: Optional(evidence)), dumped] {
            #expect(!text.contains("025099001234"), "\(text)")
        }
    }

    @Test(arguments: EvidenceKind.allCases)
    func `each kind has a name in both languages`(_ kind: EvidenceKind) {
        #expect(kind.words[.vietnamese] != kind.words[.english])
        #expect(Vocabulary.evidenceKind[kind.rawValue] == kind.words)
    }
}
