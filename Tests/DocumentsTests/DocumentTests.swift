import Documents
import Foundation
import PaymentQR
import TestSupport
import Testing
import Values

/// Documents as PDF, read back by poppler.
@Suite struct DocumentTests {
    private func document(_ blocks: [Block], page: PageFormat = .a4, foot: RichText = "") -> Document {
        Document(
            title: "Thử",
            page: page,
            language: .vietnamese,
            madeAt: Instant(unixSeconds: 1_796_000_000),
            foot: foot,
            blocks: blocks
        )
    }

    @Test(arguments: [PageFormat.a4, .a4Landscape, .a5, .a5Landscape])
    func `in a test installation every page says so, and the saved picture too`(_ page: PageFormat) throws {
        let paragraphs = (0..<200).map { Block.paragraph(RichText("Dòng \($0)")) }
        let live = try PDFReader(document(paragraphs, page: page)).pages()
        #expect(live.count > 2 && !live.contains { $0.contains("TEST") })
        try InstallationMode.$current.withValue(.test) {
            let pages = try PDFReader(document(paragraphs, page: page)).pages()
            #expect(pages.count == live.count && pages.allSatisfy { $0.contains("THỬ NGHIỆM · TEST") })
        }
        let small = document([.paragraph("Ảnh")], page: .phone)
        let plain = try small.picture(scale: 1)
        let marked = try InstallationMode.$current.withValue(.test) { try small.picture(scale: 1) }
        // The height of a PNG stands in its head; the picture grows by the line.
        func height(_ png: [UInt8]) -> Int { png[20..<24].reduce(0) { $0 << 8 | Int($1) } }
        #expect(height(marked) > height(plain))
    }

    @Test(arguments: [PageFormat.a4, .a4Landscape, .a5, .a5Landscape])
    func `text can be selected, with every letter of Vietnamese`(_ page: PageFormat) throws {
        let vowels = "a à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ e è é ẻ ẽ ẹ ê ề ế ể ễ ệ i ì í ỉ ĩ ị o ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ"
        let more = "ơ ờ ớ ở ỡ ợ u ù ú ủ ũ ụ ư ừ ứ ử ữ ự y ỳ ý ỷ ỹ ỵ đ ₫ “ ” – …"
        // In words, since readers take letters that stand alone for one word set wide.
        let letters = "\(vowels) \(more)".split(separator: " ").map { "th\($0)ng" }.joined(separator: " ")
        let all = letters + " " + letters.uppercased()
        // Given decomposed: it is set composed, so that a search finds it.
        let decomposed = all.decomposedStringWithCanonicalMapping
        let reader = try PDFReader(
            document([.paragraph(RichText(decomposed)), .paragraph(RichText(all).bold.italic)], page: page)
        )
        // A line may end behind a dash or an ellipsis: what is compared are the letters.
        let joined = try reader.pages([]).joined().filter { !$0.isWhitespace }
        #expect(joined == (all + all).filter { !$0.isWhitespace })
        #expect(joined.unicodeScalars.elementsEqual(joined.precomposedStringWithCanonicalMapping.unicodeScalars))
    }

    @Test func `fonts are embedded as subsets, with their letters named`() throws {
        let reader = try PDFReader(
            document([
                .title("BIÊN LAI"), .paragraph("Phí " + .bold("thẩm định") + .italic(" hồ sơ") + .bold("x").italic),
            ])
        )
        let fonts = try reader.fonts()
        // Cairo keeps the letters of WinAnsi apart from the others of a style.
        #expect(Set(fonts.map { $0[0].drop { $0 != "+" } }).count == 4)
        for font in fonts {
            #expect(font[0].contains("+LiberationSerif"), "\(font)")
            #expect(Array(font.suffix(5).prefix(3)) == ["yes", "yes", "yes"], "\(font)")
        }
        #expect(try reader.information().contains(/Tagged:\s+yes/))
    }

    @Test func `the same document has the same bytes`() throws {
        let one = document([.title("Một"), .paragraph("Hai")])
        #expect(try one.pdf() == one.pdf())
        var later = one
        later.madeAt = Instant(unixSeconds: 1_796_000_060)
        #expect(try one.pdf() != later.pdf())
        #expect(try PDFReader(one).information().contains(/CreationDate:.*2026/))
    }

    @Test func `a name cannot rearrange the document`() throws {
        let reader = try PDFReader(document([.field("Người nộp", "An\u{202E}gnaV\u{0}\u{7}\u{200B} Bình")]))
        #expect(try reader.pages().joined().contains(/Người nộp: An gnaV +Bình/))
    }

    @Test func `blocks that stand in one piece are refused where they are higher than a page`() throws {
        let high = Block.columns([Block.Column([Block](repeating: .paragraph("dòng"), count: 100))])
        #expect(throws: DocumentError.tooHigh) { try document([high]).pdf() }
        let empty = document([.together([Block](repeating: .paragraph("dòng"), count: 100))])
        #expect(try PDFReader(empty).pages().count == 3)
        #expect(throws: DocumentError.tooLong) {
            try document([Block](repeating: .frame([.space(700)]), count: Document.maximumPages + 1)).pdf()
        }
    }

    @Test func `a scanner reads the code on a printed page`() throws {
        let text = "https://pay.example.gov.vn/r/EBL01-26TAA-00000123-K7Q2M9A4"
        let code = try #require(QRCode(text))
        for alignment in [Alignment.leading, .centre, .trailing] {
            #expect(try PDFReader(document([.code(code, side: 70, alignment)], page: .a5)).code() == text)
        }
    }

    @Test func `a document without blocks is one empty page`() throws {
        #expect(try PDFReader(document([])).pages().map { $0.trimmingCharacters(in: .whitespacesAndNewlines) } == [""])
    }
}
