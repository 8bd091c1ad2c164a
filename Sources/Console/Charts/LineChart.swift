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

    private static let (height, bottom) = (220, 28)
    /// Where the axis begins, and where its first and last points are, in percent of the width.
    private static let (left, first, last) = (12.0, 15.0, 97.0)

    var svg: String {
        let axis = [0, 50, 100].map { percent in
            let (y, left) = (LineChart.y(Int64(percent) * 100), ChartPlace.text(LineChart.left))
            return """
                <line class="axis" x1="\(left)" y1="\(y)" x2="100%" y2="\(y)"/>\
                <text class="tick" x="\(left)" dx="-6" y="\(y + 4)" text-anchor="end">\(percent)%</text>
                """
        }
        let goal = target.map { target in
            let (y, left) = (LineChart.y(target), ChartPlace.text(LineChart.left))
            return "<line class=\"target\" x1=\"\(left)\" y1=\"\(y)\" x2=\"100%\" y2=\"\(y)\"/>"
        }
        return ChartPlace.picture(
            height: LineChart.height,
            title: title,
            axis + (goal.map { [$0] } ?? []) + stretches + dots + names
        )
    }

    private static func y(_ value: Int64) -> Int { height - bottom - Int(value) * (height - bottom - 12) / 10_000 }

    private func x(_ index: Int) -> String {
        let share = Double(index) / Double(max(1, points.count - 1))
        return ChartPlace.text(LineChart.first + share * (LineChart.last - LineChart.first))
    }

    /// The points that there is something to say of, from left to right.
    private var known: [(index: Int, value: Int64)] {
        points.enumerated().compactMap { index, point in point.value.map { (index, $0) } }
    }

    private func isRunning(_ index: Int) -> Bool { index == points.count - 1 && points[index].isRunning }

    /// From each point to the next: a line of places in percent is drawn in parts.
    private var stretches: [String] {
        zip(known, known.dropFirst()).map { from, to in
            """
            <line class="line\(isRunning(to.index) ? " open" : "")" x1="\(x(from.index))" y1="\(LineChart.y(from.value))" \
            x2="\(x(to.index))" y2="\(LineChart.y(to.value))"/>
            """
        }
    }

    private var dots: [String] {
        known.map { point in
            let tone = isRunning(point.index) ? "dot open" : "dot"
            return "<circle class=\"\(tone)\" cx=\"\(x(point.index))\" cy=\"\(LineChart.y(point.value))\" r=\"4\"/>"
        }
    }

    /// Below the points: on a telephone, where all would overlap, some of them; of a stretch that is not over, its name is
    /// longer, and has the place of the one before it.
    private var names: [String] {
        let step = (points.count + 3) / 4
        let hasRunning = points.last?.isRunning == true
        return points.enumerated().compactMap { index, point in
            if hasRunning, points.count > 6, index == points.count - 2 { return nil }
            let isLast = index == points.count - 1
            let isKept = points.count < 4 || isLast || (index % step == 0 && index * 2 <= points.count)
            let (place, anchor) = isRunning(index) ? ("100%", "end") : (x(index), "middle")
            return """
                <text class="tick\(isKept ? "" : " wide")" x="\(place)" y="\(LineChart.height - 8)" \
                text-anchor="\(anchor)">\(point.name.escapedForXML)</text>
                """
        }
    }
}
