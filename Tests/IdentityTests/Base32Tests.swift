import Identity
import PureSupport
import Testing

@Suite struct Base32Tests {
    @Test(
        arguments: [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("foobar", "MZXW6YTBOI"),
        ]
    )
    func `base32 writes RFC 4648's examples`(_ plain: String, _ text: String) {
        #expect(Base32.encode(Array(plain.utf8)) == text)
        #expect(Base32.decode(text) == Array(plain.utf8))
    }

    @Test func `base32 reads back what it wrote, of any bytes`() {
        var random = Seeded("base32")
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            #expect(Base32.decode(Base32.encode(bytes)) == bytes)
        }
    }

    @Test(
        arguments: ["a", "M1", "MZ", "M", "MY=", "MZXW6YTBOI1"]
    )
    func `base32 refuses other letters and bits that are left over`(_ text: String) {
        #expect(Base32.decode(text) == nil)
    }
}
