import Collection
import Testing
import Values
import Workflow

@Suite struct ServiceErrorTests {
    @Test func `an error takes the sentence of its reason and keeps the reason`() {
        let reason = Reason.referenceMissing(amount: Money(5000))
        let error = ServiceError(.conflict, reason)
        #expect(error.reason == reason)
        #expect(error.message(in: .vietnamese) == reason.sentence(in: .vietnamese))
        #expect(error.message(in: .english) == reason.sentence(in: .english))
    }

    @Test func `a fault that the message repeats is printed once`() throws {
        let phrase = Phrase(vi: "còn thiếu", en: "is missing")
        #expect(ServiceError(.invalidBody, at: "/note", phrase).text(in: .english) == "/note: is missing")
        var body = BodyReader(["note": .null])
        _ = body.text("note", 1...10)
        let one = try #require(throws: ServiceError.self) { try body.finish() }
        #expect(one.text(in: .english) == "/note: is missing")
        _ = body.text("name", 1...10)
        let two = try #require(throws: ServiceError.self) { try body.finish() }
        #expect(two.text(in: .vietnamese) == "/note: còn thiếu\n/name: còn thiếu")
    }

    @Test func `faults are listed below a message that covers all of them`() {
        let error = ServiceError(
            .statementRejected,
            Phrase(vi: "Sao kê có 1 lỗi.", en: "The statement has 1 fault."),
            faults: [.init("line 2", Phrase(vi: "ngày sai", en: "not a day"))]
        )
        #expect(error.text(in: .vietnamese) == "Sao kê có 1 lỗi.\n  line 2: ngày sai")
    }
}
