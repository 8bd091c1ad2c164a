import Foundation
import PureSupport
import TestSupport
import Testing
import Values

@Suite struct XMLTextTests {
    @Test func `another program reads every text back, with a space for what XML cannot hold`() throws {
        var random = Seeded("texts in XML")
        let letters: [String] = [
            "&", "<", ">", "\"", "'", "]]>", "\t", "\n", "\r", "\u{0}", "\u{1B}", "\u{FFFE}", "\u{FFFF}", "đ", "ề", "a",
            " ", "𝄞",
        ]
        let texts = (0..<300).map { _ in (0..<Int.random(in: 0..<9, using: &random)).map { _ in random.pick(letters) } }
        let document = "<a>" + texts.map { "<b>\($0.joined().escapedForXML)</b>" }.joined() + "</a>"
        let canonical = try OtherProgram.run("xmllint", ["--c14n", "-"], input: Data(document.utf8))
        let whole = String(decoding: canonical, as: UTF8.self)
        let read = whole.split(separator: "<b>", omittingEmptySubsequences: false).dropFirst().map { piece in
            String(piece.prefix { $0 != "<" })
                .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
        }
        let unheld: Set<String> = ["\r", "\u{0}", "\u{1B}", "\u{FFFE}", "\u{FFFF}"]
        #expect(read == texts.map { $0.map { unheld.contains($0) ? " " : $0 }.joined() })
    }
}
