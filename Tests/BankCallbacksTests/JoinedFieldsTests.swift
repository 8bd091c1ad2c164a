import BankCallbacks
import TestSupport
import Testing
import Values

/// payOS and MoMo sign fields joined by `&` with nothing escaped: a value that reads like a field of its own is refused.
@Suite struct JoinedFieldsTests {
    private static let ambiguous = [
        "x&amount=1", "x\u{600}&amount=1", "x&amount=\u{301}1", "\u{600}&amount=\u{301}", "&orderInfo=y",
        "x&&code=00", "x&anything_at_all=1", "x&Z9=", "x&=1", "a & b&c=d",
    ]

    @Test(arguments: ambiguous)
    func `a memo that reads like another field is refused by payOS`(memo: String) throws {
        let refusal = try Providers.judge(.payos, ["description": .string(memo)]).refusal
        #expect(refusal?.reason == .signatureMalformed && refusal?.field == "/data/description")
    }

    @Test(arguments: ambiguous)
    func `a memo that reads like another field is refused by MoMo`(memo: String) throws {
        let refusal = try Providers.judge(.momo, ["orderInfo": .string(memo)]).refusal
        #expect(refusal?.reason == .signatureMalformed && refusal?.field == "/orderInfo")
    }

    @Test func `a list that reads like another field is refused by payOS`() throws {
        let refusal = try Providers.judge(.payos, ["items": [["name": "x&description=y"]]]).refusal
        #expect(refusal?.reason == .signatureMalformed && refusal?.field == "/data/items")
    }

    @Test(arguments: ["A & B", "x&y", "a=b", "R&D = 5", "&", "=&", "a& b=c", "Nguyễn & đồng="])
    func `a memo that reads like no field is taken`(memo: String) throws {
        #expect(try Providers.judge(.payos, ["description": .string(memo)]).notice?.memo == memo)
        #expect(try Providers.judge(.momo, ["orderInfo": .string(memo)]).notice?.memo == memo)
    }
}
