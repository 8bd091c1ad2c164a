import Testing

extension Browser {
    /// A page as people see it: at three widths, light and dark, without barriers, complaints or scrolling sideways.
    ///
    /// - Parameter status: what the page was answered with, of which the browser complains unless it is 200.
    func look(_ name: String, status: Int = 200) async throws {
        for size in Browser.Size.allCases {
            try await resize(size)
            let (page, window) = try await widths()
            #expect(page <= window, "\(name) is \(page) wide at \(window)")
            let small = try await unreadable()
            #expect(small.isEmpty, "\(name) at \(size.rawValue): \(small.joined(separator: "; "))")
            let found = try await barriers()
            #expect(found.isEmpty, "\(name) at \(size.rawValue): \(found.joined(separator: "; "))")
            try await photograph("console-\(name)-\(size.rawValue)")
        }
        let told = try await complaints().filter { status == 200 || !$0.contains("with a status of \(status) ") }
        #expect(told.isEmpty, "\(name): \(told)")
        // The colours are the same in both languages.
        guard name.hasSuffix("vi") else { return }
        try await prefer(dark: true)
        let dark = try await barriers()
        #expect(dark.isEmpty, "\(name) in the dark: \(dark.joined(separator: "; "))")
        try await photograph("console-\(name)-dark")
        try await prefer(dark: false)
    }

    /// The texts of charts that are drawn smaller than 11 pixels, or beyond the chart's border.
    private func unreadable() async throws -> [String] {
        let script = """
            const found = []
            for (const text of document.querySelectorAll('svg.chart text')) {
                const box = text.getBoundingClientRect(), chart = text.ownerSVGElement.getBoundingClientRect()
                if (box.width === 0) continue
                const size = parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a
                if (size < 10.99) found.push(text.textContent + ' has ' + size + ' px')
                if (box.left < chart.left - 2 || box.right > chart.right + 2) found.push(text.textContent + ' is cut')
            }
            return found
            """
        return try await run(script).array?.compactMap(\.string) ?? []
    }
}
