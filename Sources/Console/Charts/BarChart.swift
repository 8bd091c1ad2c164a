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

    /// A row: the name, and the bar below it.
    private static let height = 42
    /// Where the axis ends, in percent of the width; what is right of it is for the label of a whole bar.
    private static let width = 79.0

    var svg: String {
        let rows = bars.enumerated().map { BarChart.row($1, at: $0 * BarChart.height) }
        let total = bars.count * BarChart.height + 24
        let axis = ticks.enumerated().map { place, tick in
            let x = ChartPlace.text(BarChart.width * Double(place) / Double(max(1, ticks.count - 1)))
            let anchor = place == 0 ? "start" : "middle"
            return """
                <line class="axis" x1="\(x)" y1="0" x2="\(x)" y2="\(total - 22)"/><text class="tick" x="\(x)" \
                y="\(total - 6)" text-anchor="\(anchor)">\(tick.escapedForXML)</text>
                """
        }
        return ChartPlace.picture(height: total, title: title, axis + rows)
    }

    private static func row(_ bar: Bar, at y: Int) -> String {
        let end = Double(bar.value ?? 0) * width / 10_000
        let isMet = bar.value.flatMap { value in bar.target.map { value >= $0 } } ?? true
        let name = TextWidth.cut(bar.name, to: ChartPlace.narrowest)
        let mark = bar.target.map { Double($0) * width / 10_000 }
        // The label stands clear of the mark of the target, on a small telephone too.
        let label = end + (TextWidth.of(bar.label) + 8) * 100 / ChartPlace.narrowest
        let place = mark.map { end - 0.5 <= $0 && $0 <= label ? $0 : end } ?? end
        var text = """
            <text x="0" y="\(y + 15)">\(name.escapedForXML)</text>\
            <rect class="bar\(isMet ? "" : " short")" x="0" y="\(y + 21)" width="\(ChartPlace.text(end))" height="14" \
            rx="3"/><text x="\(ChartPlace.text(place))" dx="6" y="\(y + 33)">\(bar.label.escapedForXML)</text>
            """
        if let mark {
            let x = ChartPlace.text(mark)
            text += "<line class=\"target\" x1=\"\(x)\" y1=\"\(y + 18)\" x2=\"\(x)\" y2=\"\(y + 38)\"/>"
        }
        return text
    }
}
