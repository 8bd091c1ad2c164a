/// Puts strips on pages.
struct Paginator {
    /// A strip and how far below the page's upper border it begins.
    struct Placed {
        let strip: Strip
        let top: Double
    }

    private let height: Double
    private(set) var pages: [[Placed]] = [[]]
    private var used = 0.0

    /// - Parameter height: of what a page can hold.
    init(height: Double) { self.height = height }

    static func pages(_ strips: [Strip], height: Double) throws -> [[Placed]] {
        var paginator = Paginator(height: height)
        var start = 0
        while start < strips.count {
            var end = start + 1
            while end < strips.count, strips[end - 1].keepsNext { end += 1 }
            try paginator.add(strips[start..<end])
            start = end
        }
        return paginator.pages
    }

    /// Adds strips that stay together where a page can hold them all.
    private mutating func add(_ run: ArraySlice<Strip>) throws {
        let whole = run.reduce(0) { $0 + $1.height }
        let atHead = whole + (run.first?.head.reduce(0) { $0 + $1.height } ?? 0)
        // Empty strips alone begin no page: it would be an empty one.
        let isWorthPage = run.contains { !$0.isSpace }
        if used + whole > height, used > 0, atHead <= height, isWorthPage { try turn(for: run.first) }
        for strip in run {
            if used + strip.height > height, used > 0, !strip.isSpace { try turn(for: strip) }
            // An empty strip is not worth a page, and none begins with it.
            guard !strip.isSpace || (used > 0 && used + strip.height <= height) else { continue }
            // Half a point is what rounding makes of a row that was torn to fit.
            guard used + strip.height <= height + 0.5 else { throw DocumentError.tooHigh }
            place(strip)
        }
    }

    private mutating func turn(for strip: Strip?) throws {
        guard pages.count < Document.maximumPages else { throw DocumentError.tooLong }
        pages.append([])
        used = 0
        for head in strip?.head ?? [] { place(head) }
    }

    private mutating func place(_ strip: Strip) {
        pages[pages.count - 1].append(Placed(strip: strip, top: used))
        used += strip.height
    }
}
