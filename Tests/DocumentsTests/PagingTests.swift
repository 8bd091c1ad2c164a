import Documents
import Foundation
import TestSupport
import Testing
import Values

/// What stands on which page.
@Suite struct PagingTests {
    private func document(_ blocks: [Block], page: PageFormat) -> Document {
        Document(
            title: "Thử",
            page: page,
            language: .vietnamese,
            madeAt: Instant(unixSeconds: 1_796_000_000),
            foot: "foot",
            blocks: blocks
        )
    }

    private let formats: [PageFormat] = [.a4, .a4Landscape, .a5, .a5Landscape]

    @Test func `every row of a table stands once and in order, below the table's head`() throws {
        var random = Seeded("rows of tables")
        for _ in 0..<12 {
            let count = Int.random(in: 1...300, using: &random)
            let rows = (0..<count).map { number -> [DocumentTable.Cell] in
                let words = (0..<Int.random(in: 0...40, using: &random)).map { _ in "chữ" }.joined(separator: " ")
                return [.init("r\(number)."), .init(RichText(words)), "1.000"]
            }
            let table = DocumentTable(
                [.init("Dòng", share: 1), .init("Nội dung", share: 3), .init("Tiền", share: 1, .trailing)],
                rows: rows,
                totals: [[.init("Cộng", span: 2), "9.000"]]
            )
            let page = random.pick(formats)
            let pages = try PDFReader(document([.title("BẢNG"), .table(table)], page: page)).pages()
            let found = pages.flatMap { page in page.matches(of: /r(\d+)\./).map { Int($0.1) } }
            #expect(found == Array(0..<count))
            for (place, text) in pages.enumerated() {
                #expect(text.matches(of: /Dòng/).count == 1 && text.contains("Nội dung"), "page \(place + 1)")
                if pages.count > 1 { #expect(text.contains("Trang \(place + 1)/\(pages.count)")) }
                #expect(text.contains("foot"))
            }
            // The total never stands alone below a repeated head.
            #expect(pages.last?.contains(/r\d+\.[\s\S]*Cộng/) == true)
        }
    }

    @Test func `no line of a row higher than a page is lost`() throws {
        let words = (0..<3000).map { "w\($0)." }
        let table = DocumentTable(
            [.init("A", share: 1), .init("B", share: 2)],
            rows: [["first", .init(RichText(words.joined(separator: " ")))], ["last", "end"]]
        )
        let pages = try PDFReader(document([.table(table)], page: .a5)).pages([])
        #expect(pages.count > 2)
        let found = pages.joined().matches(of: /w(\d+)\./).compactMap { Int($0.1) }
        #expect(found == Array(0..<3000))
    }

    @Test func `no heading ends a page, and no paragraph leaves one line of it behind`() throws {
        var random = Seeded("headings and paragraphs")
        for _ in 0..<12 {
            var blocks: [Block] = []
            var counts: [Int: Int] = [:]
            for number in 0..<60 {
                if random.chance(40) { blocks.append(.heading(RichText("heading\(number)"))) }
                let count = Int.random(in: 1...7, using: &random)
                counts[number] = count
                let lines = (0..<count).map { _ in "paragraph\(number)" }
                blocks.append(.paragraph(RichText(lines.joined(separator: "\n"))))
            }
            let pages = try PDFReader(document(blocks, page: random.pick(formats))).pages()
            var seen: [Int: Int] = [:]
            for text in pages {
                let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
                    .filter { !$0.isEmpty && !$0.hasPrefix("foot") }
                #expect(lines.last?.hasPrefix("paragraph") == true)
                let here = Dictionary(grouping: lines.compactMap { Int($0.dropFirst("paragraph".count)) }, by: { $0 })
                for (number, lines) in here {
                    seen[number, default: 0] += lines.count
                    #expect(lines.count >= min(2, counts[number] ?? 0), "paragraph \(number)")
                }
            }
            #expect(seen == counts)
        }
    }

    @Test func `what belongs together stands on one page`() throws {
        var random = Seeded("blocks together")
        for _ in 0..<8 {
            let before = Int.random(in: 0...60, using: &random)
            let places = ["NGƯỜI LẬP", "NGƯỜI DUYỆT"].map { SignaturePlace(office: $0, name: "Họ tên") }
            let blocks =
                [Block](repeating: .paragraph("dòng"), count: before)
                + [.together([.paragraph("Lập thành hai bản."), .signatures(places)])]
            let pages = try PDFReader(document(blocks, page: random.pick(formats))).pages()
            let page = try #require(pages.last)
            #expect(page.contains("Lập thành hai bản.") && page.contains(/NGƯỜI LẬP +NGƯỜI DUYỆT/))
            #expect(page.contains(/Họ tên +Họ tên/))
        }
    }
}
