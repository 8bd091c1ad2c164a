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
