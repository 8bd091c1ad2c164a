import PureSupport
import Testing
import Values

@testable import Workflow

/// Every sentence that says why, as people read it. A changed one is seen in review, and docs/reasons.md with it.
@Suite struct SentencesTests {
    @Test func `every code has a reason made by the function of its name`() {
        #expect(ReasonSamples.all.map(\.code.rawValue).sorted() == Reason.Code.allCases.map(\.rawValue).sorted())
    }

    @Test(arguments: ReasonSamples.all)
    func `a reason has exactly the values that its sentence uses`(_ reason: Reason) {
        #expect(Set(reason.values.keys) == reason.code.keys)
        #expect(Reason(stored: reason.json) == reason)
        for language in Language.allCases {
            let sentence = reason.sentence(in: language)
            #expect(!sentence.contains("{") && !sentence.contains("?"), "\(sentence)")
            #expect(sentence.hasSuffix("."), "\(sentence)")
        }
        #expect(reason.sentence(in: .vietnamese) != reason.sentence(in: .english))
    }

    @Test(arguments: ReasonSamples.all) func `a preview tells of nothing as done`(_ reason: Reason) throws {
        for language in Language.allCases {
            let sentence = reason.outlook(in: language)
            #expect(!sentence.contains("{") && !sentence.contains("?") && sentence.hasSuffix("."), "\(sentence)")
        }
        guard let outlook = reason.code.outlookPhrase else {
            #expect(Language.allCases.allSatisfy { reason.outlook(in: $0) == reason.sentence(in: $0) })
            // What becomes of a line is told of as done; a preview may not take it over.
            let told = reason.code.linePhrase?.vietnamese ?? ""
            let isOfPerson = reason.code == .recoveryNotConfirmed
            #expect(isOfPerson || !["đã hạch toán", "đã ghi nhận", "đã rời"].contains { told.contains($0) }, "\(told)")
            return
        }
        #expect(Set(Reason.Template(outlook.vietnamese).keys) == reason.code.keys)
        #expect(Set(Reason.Template(outlook.english).keys) == reason.code.keys)
        #expect(outlook.vietnamese.lowercased().contains("sẽ") && outlook.english.contains(/\b[Ww]ill\b/), "\(outlook)")
    }

    @Test func `no two codes have the same sentence`() {
        for language in Language.allCases {
            let sentences = ReasonSamples.all.map { $0.sentence(in: language) }
            #expect(Set(sentences).count == sentences.count)
        }
    }

    @Test func `sentences are what the fixture shows`() throws {
        var text = ""
        for reason in ReasonSamples.all {
            text += "\(reason.code.rawValue)\n"
            for language in Language.allCases { text += "  \(language.rawValue)  \(reason.sentence(in: language))\n" }
            text += "      \(reason.json["values"]?.serialized ?? "")\n\n"
        }
        #expect(try Golden.differences(text, from: "Fixtures/reasons.golden.txt") == [])
    }

    @Test func `docs list every reason with its sentences`() throws {
        var text = """
            # Reasons

            Why something was decided or refused: a stable code, its values, and one sentence in both languages. API, command
            line and pages show all three. Written from `Sources/Workflow` by
            `UPDATE_GOLDEN=1 swift test --filter SentencesTests`; the numbers are examples.

            """
        for group in ReasonSamples.groups {
            text += "\n## \(group.title)\n\n| code | Vietnamese | English |\n| --- | --- | --- |\n"
            for reason in group.reasons {
                let phrase = reason.phrase
                text += "| `\(reason.code.rawValue)` | \(phrase.vietnamese) | \(phrase.english) |\n"
            }
        }
        #expect(try Golden.differences(text, from: "docs/reasons.md") == [])
    }
}
