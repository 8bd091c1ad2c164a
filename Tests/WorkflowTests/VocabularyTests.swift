import Testing
import Values
import Workflow

@Suite struct VocabularyTests {
    @Test func `every state of a payment request has a wording`() {
        #expect(Vocabulary.requestState.codes == Set(PaymentRequestState.allCases.map(\.rawValue)))
    }

    @Test func `a code without a wording is shown as it is`() {
        #expect(Vocabulary.caseKind["never_seen"] == Phrase(same: "never_seen"))
    }

    @Test func `wordings differ between the languages`() {
        for vocabulary in [
            Vocabulary.requestState, .refundState, .caseState, .caseKind, .caseAction, .outcome, .channel,
        ] {
            for code in vocabulary.codes {
                #expect(vocabulary[code][.vietnamese] != vocabulary[code][.english], "\(code)")
            }
        }
    }
}
