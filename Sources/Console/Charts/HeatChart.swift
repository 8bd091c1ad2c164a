import Values

/// How much is usual in each hour of a week, as SVG: a row a day, a column an hour, the darker the more.
struct HeatChart {
    /// The names of the days from Monday on, and 24 amounts of each.
    let days: [(name: String, amounts: [Double])]
    /// What it shows, for those who do not see it.
    let title: String

    /// In pixels.
    private static let (row, top) = (26, 18)
    /// The part of the names, and of an hour, in percent of the width.
    private static let (left, cell) = (11.0, 3.7)

    var svg: String {
        let most = days.flatMap(\.amounts).max() ?? 0
        let hours = stride(from: 0, to: 24, by: 3).map { hour in
            "<text class=\"tick\" x=\"\(HeatChart.x(hour))\" y=\"12\">\(hour)h</text>"
        }
        let rows = days.enumerated().map { place, day in
            let y = HeatChart.top + place * HeatChart.row
            let width = ChartPlace.text(HeatChart.cell * 0.92)
            let cells = day.amounts.enumerated().map { hour, amount in
                """
                <rect class="h\(HeatChart.level(amount, of: most))" x="\(HeatChart.x(hour))" y="\(y)" width="\(width)" \
                height="24"/>
                """
            }
            return "<text x=\"0\" y=\"\(y + 17)\">\(day.name.escapedForXML)</text>" + cells.joined()
        }
        let height = HeatChart.top + days.count * HeatChart.row
        return ChartPlace.picture(height: height, title: title, hours + rows)
    }

    private static func x(_ hour: Int) -> String { ChartPlace.text(left + Double(hour) * cell) }

    /// 0 for nothing, 5 for the most.
    static func level(_ amount: Double, of most: Double) -> Int {
        amount <= 0 || most <= 0 ? 0 : min(5, Int((amount * 5 / most).rounded(.up)))
    }
}
