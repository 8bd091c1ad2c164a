import Values

/// Horizontal bars, against a target where there is one, as SVG: it prints, needs no script, and stands beside the table that says the same.
struct BarChart {
    struct Bar {
        let name: String
        /// In ten thousandths of the axis, which for rates are hundredths of a percent: from 0 to 10,000; `nil` for none.
        let value: Int64?
        let target: Int64?
        /// What the bar says at its end.
        let label: String
    }

    let bars: [Bar]
    /// What it shows, for those who do not see it.
    let title: String
    /// What stands at each quarter of the axis.
    var ticks = ["0%", "25%", "50%", "75%", "100%"]

    private static let height = 26
    private static let left = 200
    private static let width = 420

    var svg: String {
        let rows = bars.enumerated().map { BarChart.row($1, at: $0 * BarChart.height) }
        let total = bars.count * BarChart.height + 24
        let axis = ticks.enumerated().map { place, tick in
            let x = BarChart.left + BarChart.width * place / max(1, ticks.count - 1)
            return """
                <line class="axis" x1="\(x)" y1="0" x2="\(x)" y2="\(total - 22)"/><text class="tick" x="\(x)" \
                y="\(total - 6)" text-anchor="middle">\(tick.escapedForXML)</text>
                """
        }
        return """
            <svg class="chart" viewBox="0 0 700 \(total)" role="img" aria-label="\(title.escapedForXML)">\
            \(axis.joined())\(rows.joined())</svg>
            """
    }

    private static func row(_ bar: Bar, at y: Int) -> String {
        let length = Int(bar.value ?? 0) * width / 10_000
        let isMet = bar.value.flatMap { value in bar.target.map { value >= $0 } } ?? true
        let name = TextWidth.cut(bar.name, to: Double(left - 12))
        let end = left + length
        let mark = bar.target.map { left + Int($0) * width / 10_000 }
        // The label stands clear of the mark of the target.
        let label = Double(end + 6) + TextWidth.of(bar.label)
        let place = mark.map { end - 2 <= $0 && Double($0) <= label + 2 ? $0 + 6 : end + 6 } ?? end + 6
        var text = """
            <text x="\(left - 8)" y="\(y + 18)" text-anchor="end">\(name.escapedForXML)</text>\
            <rect class="bar\(isMet ? "" : " short")" x="\(left)" y="\(y + 5)" width="\(length)" height="16" rx="3"/>\
            <text x="\(place)" y="\(y + 18)">\(bar.label.escapedForXML)</text>
            """
        if let x = mark {
            text += "<line class=\"target\" x1=\"\(x)\" y1=\"\(y + 2)\" x2=\"\(x)\" y2=\"\(y + 24)\"/>"
        }
        return text
    }
}
