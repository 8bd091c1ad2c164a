import BankCallbacks
import Collection
import Testing
import Values
import Workflow

@testable import Console

/// Codes of programs as people read them.
@Suite struct CodeWordsTests {
    @Test(arguments: Language.allCases) func `whatever a callback is refused for is told in words`(_ language: Language)
    {
        let word = Wording(language: language, now: Sample.now)
        let unknown = word[OperationsPage.cure("never_seen")]
        for reason in CallbackRefusal.Reason.allCases {
            let code = reason.rawValue
            let told = word.refusal(code + ": webhook-signature")
            #expect(told.hasSuffix(" (webhook-signature)") && !told.contains(code), "\(told)")
            #expect(word.refusal(code) != code && word.refusal(code + ": ") == word.refusal(code))
            // What to do is said of all but the method, whose sentence says it.
            #expect(reason == .methodNotAllowed || word[OperationsPage.cure(code)] != unknown, "\(code)")
        }
        #expect(word.refusal("never_seen") == "never_seen")
    }

    @Test func `events are told in words, and those of a later version by their type`() {
        for language in Language.allCases {
            let word = Wording(language: language, now: Sample.now)
            let told = EventType.allCases.map { word.event($0.rawValue) }
            #expect(Set(told).count == told.count && !told.contains { $0.contains(".") || $0.contains("_") }, "\(told)")
            #expect(word.event("request.melted") == "request.melted")
        }
    }
}
