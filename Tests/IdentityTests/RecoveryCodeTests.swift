import Identity
import PureSupport
import Testing

@Suite struct RecoveryCodeTests {
    @Test func `recovery codes are read however they are typed`() {
        var random = Seeded("recovery codes")
        for _ in 0..<200 {
            let bytes = (0..<RecoveryCode.byteCount).map { _ in UInt8.random(in: 0...255, using: &random) }
            let text = RecoveryCode.text(bytes)
            #expect(text.count == 19)
            let plain = RecoveryCode.plain(text)
            #expect(plain == Base32.encode(bytes))
            #expect(RecoveryCode.plain(text.lowercased()) == plain)
            #expect(RecoveryCode.plain(" " + text.replacing("-", with: " ")) == plain)
        }
    }

    @Test(
        arguments: ["123456", "ABCD-EFGH-IJKL", "ABCD-EFGH-IJKL-MNO1"]
    )
    func `recovery codes are not mistaken for one-time codes`(_ text: String) {
        #expect(RecoveryCode.plain(text) == nil)
    }
}
