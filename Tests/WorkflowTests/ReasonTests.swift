import Testing
import Values

@testable import Workflow

@Suite struct ReasonTests {
    @Test(arguments: Reason.Code.allCases)
    func `both sentences of a code name the same values`(_ code: Reason.Code) {
        let vietnamese = Reason.Template(code.phrase.vietnamese).keys
        let english = Reason.Template(code.phrase.english).keys
        #expect(vietnamese == english)
        #expect(!vietnamese.isEmpty)
    }

    @Test func `a reason's sentence contains its numbers`() {
        let reason = Reason.lineAmountDiffers(line: Money(1_200_000), notice: Money(1_000_000))
        #expect(
            reason.sentence(in: .vietnamese)
                == "Sao kê có 1.200.000 ₫, thông báo của ngân hàng báo 1.000.000 ₫: lệch 200.000 ₫, đã hạch toán vào tài khoản chờ xử lý."
        )
        #expect(reason.sentence(in: .english).contains("1,200,000 ₫"))
    }

    @Test func `a reason is read back as it was stored, and not without its values`() throws {
        let reason = Reason.paymentMissing(
            transaction: "FT1",
            amount: Money(10_000),
            day: try #require(Day("2026-11-23")),
            expectedBy: try #require(Day("2026-11-24"))
        )
        #expect(Reason(stored: reason.json) == reason)
        #expect(Reason(stored: ["code": "payment_missing", "values": ["amount": 10_000]]) == nil)
        #expect(Reason(stored: ["code": "no_such_code", "values": [:]]) == nil)
    }
}
