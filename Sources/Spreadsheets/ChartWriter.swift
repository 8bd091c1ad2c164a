import CXlsxWriter
import Values

/// Draws the chart of a sheet on a page of its own, the largest values first, so that it prints in one piece with a name at
/// each bar. What it draws stands on a hidden sheet: the table may have sums between its rows.
struct ChartWriter {
    private struct Bar {
        let name: String
        let value: Double
        let target: Double?
    }

    /// More bars than this are not legible on a page.
    private static let most = 30

    private let chart: Sheet.Chart
    private let isRate: Bool
    private let bars: [Bar]

    /// `nil` if the sheet has nothing to draw.
    init?(_ sheet: Sheet) {
        guard let chart = sheet.chart else { return nil }
        self.chart = chart
        isRate = sheet.columns[chart.values].format == .rate
        let drawn = sheet.rows.compactMap { row -> Bar? in
            guard let value = ChartWriter.number(row[chart.values]) else { return nil }
            return Bar(
                name: row[chart.categories].shown(in: .vietnamese),
                value: value,
                target: chart.targets.flatMap { ChartWriter.number(row[$0]) }
            )
        }
        bars = Array(drawn.sorted { ($1.value, $0.name) < ($0.value, $1.name) }.prefix(ChartWriter.most))
        guard !bars.isEmpty else { return nil }
    }

    private static func number(_ cell: Sheet.Cell) -> Double? {
        switch cell {
        case .count(let count), .ordinal(let count): Double(count)
        case .money(let money): Double(money.dong)
        case .rate(let hundredths): Double(hundredths) / 10_000
        case .score(let hundredths): Double(hundredths) / 100
        case .empty, .text, .words, .term, .day: nil
        }
    }

    func write(_ book: UnsafeMutablePointer<lxw_workbook>, name: String, data: String) throws {
        guard let page = workbook_add_worksheet(book, data), let sheet = workbook_add_chartsheet(book, name),
            let picture = workbook_add_chart(book, UInt8(LXW_CHART_BAR.rawValue))
        else { throw Workbook.Failure(description: "the chart could not be added") }
        for (index, bar) in bars.enumerated() {
            worksheet_write_string(page, UInt32(index), 0, bar.name, nil)
            worksheet_write_number(page, UInt32(index), 1, bar.value, nil)
            if let target = bar.target { worksheet_write_number(page, UInt32(index), 2, target, nil) }
        }
        worksheet_hide(page)
        try add(to: picture, data, column: 1, "Thực hiện", fill: 0x0B5D4A)
        if bars.contains(where: { $0.target != nil }) {
            // A frame that the bar is to fill.
            try add(to: picture, data, column: 2, "Mục tiêu", fill: nil)
            chart_set_series_overlap(picture, 100)
        } else {
            chart_legend_set_position(picture, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
        }
        chart_title_set_name(picture, chart.title[.vietnamese])
        // Of horizontal bars the library calls the axis of the names y.
        chart_axis_set_reverse(picture.pointee.y_axis)
        chart_axis_set_interval_unit(picture.pointee.y_axis, 1)
        if isRate {
            chart_axis_set_min(picture.pointee.x_axis, 0)
            chart_axis_set_max(picture.pointee.x_axis, 1)
            chart_axis_set_num_format(picture.pointee.x_axis, "0%")
        } else {
            chart_axis_set_num_format(picture.pointee.x_axis, "#,##0")
        }
        chartsheet_set_landscape(sheet)
        chartsheet_set_paper(sheet, 9)
        guard chartsheet_set_chart(sheet, picture) == LXW_NO_ERROR else {
            throw Workbook.Failure(description: "the chart could not be set on its page")
        }
    }

    private func add(
        to picture: UnsafeMutablePointer<lxw_chart>,
        _ data: String,
        column: UInt16,
        _ name: String,
        fill: UInt32?
    ) throws {
        guard let series = chart_add_series(picture, nil, nil) else {
            throw Workbook.Failure(description: "a series could not be added")
        }
        let last = UInt32(bars.count - 1)
        chart_series_set_categories(series, data, 0, 0, last, 0)
        chart_series_set_values(series, data, 0, column, last, column)
        chart_series_set_name(series, name)
        var area = lxw_chart_fill()
        var line = lxw_chart_line()
        if let fill {
            area.color = fill
            line.none = 1
        } else {
            area.none = 1
            line.color = 0x16202C
            line.width = 1.25
        }
        chart_series_set_fill(series, &area)
        chart_series_set_line(series, &line)
    }
}
