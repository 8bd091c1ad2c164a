import Values

/// How much is usual in each hour of a week, as SVG: a row a day, a column an hour, the darker the more.
struct HeatChart {
    /// The names of the days from Monday on, and 24 amounts of each.
    let days: [(name: String, amounts: [Double])]
    /// What it shows, for those who do not see it.
    let title: String

    private static let (left, cell, top) = (40, 26, 18)

    var svg: String {
        let most = days.flatMap(\.amounts).max() ?? 0
        let hours = stride(from: 0, to: 24, by: 3).map { hour in
            "<text class=\"tick\" x=\"\(HeatChart.left + hour * HeatChart.cell + 2)\" y=\"12\">\(hour)h</text>"
        }
        let rows = days.enumerated().map { place, day in
            let y = HeatChart.top + place * HeatChart.cell
            let cells = day.amounts.enumerated().map { hour, amount in
                let x = HeatChart.left + hour * HeatChart.cell
                return
                    "<rect class=\"h\(HeatChart.level(amount, of: most))\" x=\"\(x)\" y=\"\(y)\" width=\"24\" height=\"24\"/>"
            }
            return "<text x=\"0\" y=\"\(y + 17)\">\(day.name.escapedForXML)</text>" + cells.joined()
        }
        let (width, height) = (HeatChart.left + 24 * HeatChart.cell, HeatChart.top + days.count * HeatChart.cell)
        return """
            <svg class="chart" viewBox="0 0 \(width) \(height)" role="img" aria-label="\(title.escapedForXML)">\
            \(hours.joined())\(rows.joined())</svg>
            """
    }

    /// 0 for nothing, 5 for the most.
    static func level(_ amount: Double, of most: Double) -> Int {
        amount <= 0 || most <= 0 ? 0 : min(5, Int((amount * 5 / most).rounded(.up)))
    }
}
