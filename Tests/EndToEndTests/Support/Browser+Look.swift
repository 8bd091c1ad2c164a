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
}
