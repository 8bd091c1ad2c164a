import Values

extension Document {
    /// Sets the document as one PNG picture, black on white, as high as what stands on it; without foot and watermark.
    ///
    /// - Parameter scale: dots a point, 1 to 4. A code is drawn with the same number of dots for each module where its side is
    ///   a multiple of `modules / scale`.
    public func picture(scale: Double) throws -> [UInt8] {
        precondition((1...4).contains(scale), "a point has 1 to 4 dots")
        let fonts = try FontMap()
        var composer = Composer(page, fonts)
        let mark: [Block] =
            InstallationMode.current == .test ? [.paragraph(.bold(Document.testMark), .centre)] : []
        let strips = try composer.compose(mark + blocks, width: page.bodyWidth)
        let pages = try Paginator.pages(strips, height: page.bodyHeight)
        guard pages.count == 1, let placed = pages.first, let last = placed.last else { throw DocumentError.tooHigh }
        let height = last.top + last.strip.height + 2 * page.margin
        let canvas = try Canvas(picture: page, height: height, scale: scale)
        for strip in placed { canvas.draw(strip.strip, top: strip.top) }
        return try canvas.picture()
    }
}
