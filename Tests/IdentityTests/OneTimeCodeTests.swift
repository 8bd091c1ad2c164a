import Cryptography
import Identity
import PureSupport
import Testing
import Values

@Suite struct OneTimeCodeTests {
    private let secret = MACKey(Array("12345678901234567890".utf8))

    /// RFC 6238, appendix B, SHA-1; the last six of its eight digits.
    @Test(
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ] as [(Int64, String)]
    )
    func `one-time codes are those of RFC 6238's vectors`(_ seconds: Int64, _ code: String) {
        let step = OneTimeCode.step(at: Instant(unixSeconds: seconds))
        #expect(OneTimeCode.code(secret, step: step) == code)
    }

    @Test func `one-time codes are taken within a step of now, and once`() {
        var random = Seeded("one-time codes")
        for _ in 0..<500 {
            let key = MACKey((0..<20).map { _ in UInt8.random(in: 0...255, using: &random) })
            let now = Instant(unixSeconds: Int64.random(in: 100_000...4_000_000_000, using: &random))
            let step = now.unixSeconds / 30
            let offset = Int64.random(in: -4...4, using: &random)
            let last = step + Int64.random(in: -4...4, using: &random)
            let code = OneTimeCode.code(key, step: step + offset)
            // Two steps of one key may share a code, once in a million.
            let window = (step - 1...step + 1).filter { OneTimeCode.code(key, step: $0) == code && $0 > last }
            #expect(OneTimeCode.accepts(code, key, at: now, after: last) == window.max())
            if abs(offset) <= 1, step + offset > last {
                #expect(OneTimeCode.accepts(code, key, at: now, after: last) != nil)
            }
        }
    }

    @Test(
        arguments: ["", "28708", "2870820", "２８７０８２", "28708a"]
    )
    func `one-time codes of other lengths and other digits are refused`(_ code: String) {
        #expect(OneTimeCode.accepts(code, secret, at: Instant(unixSeconds: 59), after: 0) == nil)
    }

    @Test func `one-time codes are set up by an address that apps read`() {
        let uri = OneTimeCode.uri(
            secret: Array("12345678901234567890".utf8),
            issuer: "Khop tinh",
            account: "lan@example.vn"
        )
        #expect(
            uri
                == "otpauth://totp/Khop%20tinh:lan%40example.vn?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Khop%20tinh"
        )
    }
}
