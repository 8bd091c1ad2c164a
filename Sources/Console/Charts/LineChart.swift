import Values

/// A rate over time, as SVG.
struct LineChart {
    struct Point {
        let name: String
        /// In hundredths of a percent; `nil` if nothing was paid.
        let value: Int64?
        /// Whether the stretch is not over, so that its value is still to change.
        var isRunning = false
    }

    let points: [Point]
    let target: Int64?
    let title: String

    private static let (width, height, left, bottom) = (700, 220, 44, 28)

    var svg: String {
        let (width, height, left, bottom) = (LineChart.width, LineChart.height, LineChart.left, LineChart.bottom)
        func y(_ value: Int64) -> Int { height - bottom - Int(value) * (height - bottom - 12) / 10_000 }
        func x(_ index: Int) -> Int { left + 20 + index * (width - left - 50) / max(1, points.count - 1) }
        let axis = [0, 50, 100].map { percent in
            """
            <line class="axis" x1="\(left)" y1="\(y(Int64(percent) * 100))" x2="\(width)" y2="\(y(Int64(percent) * 100))"/>\
            <text class="tick" x="\(left - 6)" y="\(y(Int64(percent) * 100) + 4)" text-anchor="end">\(percent)%</text>
            """
        }
        let places = points.enumerated().compactMap { index, point in point.value.map { (x(index), y($0), $0) } }
        let isRunning = points.last.map { $0.isRunning && $0.value != nil } ?? false
        let over = isRunning ? places.dropLast() : places[...]
        let line = over.map { "\($0.0),\($0.1)" }.joined(separator: " ")
        let last = isRunning ? places.suffix(2).map { "\($0.0),\($0.1)" }.joined(separator: " ") : ""
        let open = isRunning ? "<polyline class=\"line open\" points=\"\(last)\"/>" : ""
        let dots = places.enumerated().map { place, one in
            let tone = isRunning && place == places.count - 1 ? "dot open" : "dot"
            return "<circle class=\"\(tone)\" cx=\"\(one.0)\" cy=\"\(one.1)\" r=\"4\"/>"
        }
        let names = points.enumerated().map { index, point in
            let (place, anchor) = point.isRunning ? (width, "end") : (x(index), "middle")
            let name = point.name.escapedForXML
            return "<text class=\"tick\" x=\"\(place)\" y=\"\(height - 8)\" text-anchor=\"\(anchor)\">\(name)</text>"
        }
        let goal = target.map {
            "<line class=\"target\" x1=\"\(left)\" y1=\"\(y($0))\" x2=\"\(width)\" y2=\"\(y($0))\"/>"
        }
        return """
            <svg class="chart" viewBox="0 0 \(width) \(height)" role="img" aria-label="\(title.escapedForXML)">\
            \(axis.joined())\(goal ?? "")<polyline class="line" points="\(line)"/>\(open)\(dots.joined())\(names.joined())</svg>
            """
    }
}
