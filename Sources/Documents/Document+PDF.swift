import Values

extension Document {
    /// Sets the document, with page numbers where it has more than one page.
    ///
    /// Takes some milliseconds a page and a processor; nothing is read but the fonts.
    public func pdf() throws -> [UInt8] {
        let fonts = try FontMap()
        var composer = Composer(page, fonts)
        let strips = try composer.compose(blocks, width: page.bodyWidth)
        let pages = try Paginator.pages(strips, height: page.bodyHeight)
        let canvas = try Canvas(page, title: title, madeAt: madeAt.description)
        let isTest = InstallationMode.current == .test
        let mark = try (watermark ?? (isTest ? "THỬ NGHIỆM" : nil)).map {
            try SetText(.bold($0), size: page.height / 9, width: page.height * 2, .centre, fonts)
        }
        for (place, strips) in pages.enumerated() {
            if let mark { canvas.drawWatermark(mark, width: page.height * 2) }
            for placed in strips { canvas.draw(placed.strip, top: placed.top) }
            if isTest { try drawTestMark(canvas, fonts) }
            try drawFoot(canvas, place + 1, of: pages.count, fonts)
            canvas.endPage()
        }
        return try canvas.finish()
    }

    /// Says at the head of a page that it is of a test: as text, which is found and read aloud as the rest is.
    private func drawTestMark(_ canvas: Canvas, _ fonts: FontMap) throws {
        let size = page.textSize * 0.78
        let text = try SetText(.bold(Document.testMark), size: size, width: page.bodyWidth, .centre, fonts)
        canvas.drawAside(text, x: page.margin, top: max(0, (page.margin - size * 1.4) / 2))
    }

    /// What stands on whatever is drawn for a test installation, in both languages.
    static let testMark = "THỬ NGHIỆM · TEST — không phải tiền thật · no real money"

    private func drawFoot(_ canvas: Canvas, _ number: Int, of count: Int, _ fonts: FontMap) throws {
        let size = page.textSize * 0.78
        let top = page.height - page.margin + page.textSize * 0.9
        let numberWidth = size * 9
        if !foot.plain.isEmpty {
            let width = page.bodyWidth - numberWidth
            canvas.drawAside(try SetText(foot, size: size, width: width, .leading, fonts), x: page.margin, top: top)
        }
        guard count > 1 else { return }
        let words = Phrase(vi: "Trang \(number)/\(count)", en: "Page \(number)/\(count)")[language]
        let text = try SetText(RichText(words), size: size, width: numberWidth, .trailing, fonts)
        canvas.drawAside(text, x: page.width - page.margin - numberWidth, top: top)
    }
}
