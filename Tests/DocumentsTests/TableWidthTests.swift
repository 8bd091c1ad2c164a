import Documents
import Foundation
import TestSupport
import Testing
import Values

/// How wide columns are, and what follows from it.
@Suite struct TableWidthTests {
    private func reader(_ blocks: [Block], page: PageFormat = .a4Landscape) throws -> PDFReader {
        try PDFReader(
            Document(
                title: "Thử",
                page: page,
                language: .vietnamese,
                madeAt: Instant(unixSeconds: 1_796_000_000),
                blocks: blocks
            )
        )
    }

    /// The words of a PDF, each as it stands: what is torn within is two of them.
    private func words(_ reader: PDFReader) throws -> Set<Substring> {
        Set(try reader.pages(["-raw"]).joined(separator: "\n").split { $0 == " " || $0 == "\n" })
    }

    @Test func `lines break between the words of narrow columns, whatever their shares`() throws {
        var random = Seeded("narrow columns")
        let names = ["Lượt", "Địa phương", "Tỷ lệ trực tuyến", "Không tiền mặt (₫)", "Thanh toán", "So với chỉ tiêu"]
        let values = ["12.345.678", "1.234.567.890", "87,50%", "01/12/2026", "Đạt", "Phường Việt Trì"]
        for _ in 0..<20 {
            let count = Int.random(in: 2...11, using: &random)
            let columns = (0..<count).map { place in
                DocumentTable.Column(
                    RichText(names[place % names.count]),
                    share: Double(Int.random(in: 1...30, using: &random))
                )
            }
            let row = (0..<count).map { DocumentTable.Cell(values[$0 % values.count]) }
            let found = try words(reader([.table(DocumentTable(columns, rows: [row]))]))
            for text in names.prefix(count) + values.prefix(count) {
                for word in text.split(separator: " ") {
                    #expect(found.contains(word), "\(word) of \(count): \(found)")
                }
            }
        }
    }

    @Test func `letters are smaller where not all words fit, and what is wider still is torn without a hyphen`() throws
    {
        let title = "Nghiêng-ngả-mênh-mông"
        // Words of a table's rows ask for no more than a part of the width, so that nothing else is crushed.
        let code = String(repeating: "K7Q2M9A4", count: 12)
        let columns = (0..<9).map { _ in DocumentTable.Column("Nghiêngngảmênhmông", share: 1) }
        let many = try words(reader([.table(DocumentTable(columns, rows: []))]))
        #expect(many == ["Nghiêngngảmênhmông"], "\(many)")
        let torn = try reader([
            .table(
                DocumentTable([.init("A", share: 1), .init(RichText(title), share: 1)], rows: [[.init(code), "x"]])
            )
        ]).pages(["-raw"]).joined()
        #expect(!torn.contains("K-\n") && torn.filter { !$0.isWhitespace }.contains(code), "\(torn)")
    }

    @Test func `places to sign stand on the page of what they are below`() throws {
        var random = Seeded("signatures below a table")
        let places = ["NGƯỜI LẬP", "NGƯỜI DUYỆT"].map { SignaturePlace(office: $0) }
        let columns: [DocumentTable.Column] = [.init("Dòng"), .init("Tiền", share: 1, .trailing)]
        for _ in 0..<12 {
            let rows = (1...Int.random(in: 1...60, using: &random)).map { number -> [DocumentTable.Cell] in
                [.init("dòng\(number)"), "1.000"]
            }
            let table = Block.table(DocumentTable(columns, rows: rows))
            for ending in [Block.signatures(places), .together([.space(10), .signatures(places)])] {
                let pages = try reader([table, .space(12), ending], page: .a4).pages()
                let last = try #require(pages.last)
                #expect(last.contains("NGƯỜI LẬP") && last.contains("dòng\(rows.count)"), "\(rows.count): \(last)")
            }
        }
    }
}
