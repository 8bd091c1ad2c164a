import Statements
import TestSupport
import Testing
import Values

/// Files that are no statement whatever is in them.
@Suite struct ForeignFileTests {
    private static let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

    @Test func `pictures and documents are told by how they begin`() {
        let pictures: [[UInt8]] = [
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1], [0xFF, 0xD8, 0xFF, 0xE1], Array("GIF89a..".utf8),
            Array("RIFF....WEBPVP8".utf8), Array("....ftypheic....".utf8), [0x49, 0x49, 0x2A, 0x00, 8],
        ]
        for picture in pictures { #expect(ForeignFile.told(picture)?[.english].contains("a picture") == true) }
        let word = ForeignFile.told(Self.zip + Array("..[Content_Types].xml..word/document.xml".utf8))
        #expect(word?[.vietnamese].contains("văn bản Word") == true)
        let slides = ForeignFile.told(Self.zip + Array("..ppt/presentation.xml".utf8))
        #expect(slides?[.english].contains("a presentation") == true)
    }

    @Test func `whatever may be a statement is none of them`() {
        var random = Seeded("foreign files")
        let texts = [
            "transaction_id,booked_at,amount", "{1:F01", ":20:X", "<?xml version=\"1.0\"?><Document/>", "", "PK",
            "\u{FEFF}a;b",
            "RIFF", "word/ và ppt/ trong nội dung",
        ]
        for text in texts { #expect(ForeignFile.told(Array(text.utf8)) == nil, "\(text)") }
        #expect(ForeignFile.told(Self.zip + Array("xl/workbook.xml word/x".utf8)) == nil)
        // Letters and digits alone are no picture, however they stand.
        for _ in 0..<2000 {
            let count = Int.random(in: 0...300, using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: 48...90, using: &random) }
            #expect(ForeignFile.told(bytes) == nil, "\(bytes)")
        }
    }
}
