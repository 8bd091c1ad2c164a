import Foundation
import PaymentQR
import TestSupport
import Testing

@Suite struct FoldingTests {
    /// Python's Unicode tables take the marks off; đ, which has none, is the one letter named by hand.
    @Test func `every Vietnamese letter folds as in Python, composed or decomposed`() throws {
        let script = """
            import unicodedata as u, sys
            out = []
            for base in 'aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐ':
                for tone in ['', '\\u0300', '\\u0301', '\\u0309', '\\u0303', '\\u0323']:
                    if base in 'đĐ' and tone: continue
                    plain = {'đ': 'd', 'Đ': 'D'}.get(base, u.normalize('NFD', base)[0])
                    for form in 'NFC', 'NFD': out.append(plain + ' ' + u.normalize(form, base + tone))
            sys.stdout.buffer.write('\\n'.join(out).encode())
            """
        let lines = String(decoding: try OtherProgram.run("python3", ["-c", script]), as: UTF8.self)
            .split(separator: "\n")
        #expect(lines.count == (24 * 6 + 2) * 2)
        for line in lines {
            let parts = line.split(separator: " ")
            #expect("x\(parts[1])y".foldedToASCII == "x\(parts[0])y", "\(line)")
        }
    }

    @Test func `characters without a plain form become one space`() {
        #expect("Ö. Müller & Søn — 中文 Łódź".foldedToASCII == "O. Muller Son Lodz")
        #expect("  a\n\tb😀😀c  ".foldedToASCII == "a b c")
        #expect("".foldedToASCII == "" && "中".foldedToASCII == "")
    }

    @Test func `folded text is always plain ASCII`() {
        var random = Seeded("folding of anything")
        for _ in 0..<2000 {
            let text = String(
                String.UnicodeScalarView(
                    (0..<20).compactMap { _ in
                        Unicode.Scalar(UInt32.random(in: 0...0x2FFF, using: &random))
                    }
                )
            )
            #expect(text.foldedToASCII.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }, "\(text.debugDescription)")
        }
    }
}
