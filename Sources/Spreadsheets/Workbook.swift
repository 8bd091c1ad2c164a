import CXlsxWriter
import Foundation
import Values

/// Writes sheets as Office Open XML workbooks with libxlsxwriter.
public enum Workbook {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// Returns a workbook with these sheets, at least one.
    public static func xlsx(_ sheets: [Sheet]) throws -> [UInt8] {
        // This version of the library can write only to files, not to memory.
        try PrivateFolder.with { folder in try xlsx(sheets, by: folder + "/book.xlsx") }
    }

    private static func xlsx(_ sheets: [Sheet], by path: String) throws -> [UInt8] {
        guard let book = workbook_new(path) else { throw Failure(description: "the workbook could not be begun") }
        var names: Set<String> = []
        do {
            for sheet in sheets { try SheetWriter(book, sheet, name: unique(sheet.name, &names)).write() }
        } catch {
            workbook_close(book)
            throw error
        }
        let status = workbook_close(book)
        guard status == LXW_NO_ERROR else {
            throw Failure(description: "the workbook could not be written: \(String(cString: lxw_strerror(status)))")
        }
        return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Returns a unique name for a tab, at most 31 characters, without characters that Excel reserves.
    private static func unique(_ name: String, _ names: inout Set<String>) -> String {
        let base = String(name.map { "[]:*?/\\'".contains($0) ? " " : $0 }.prefix(28))
        var candidate = base.isEmpty ? "Sheet" : base
        var number = 2
        while !names.insert(candidate.lowercased()).inserted {
            candidate = "\(base) \(number)"
            number += 1
        }
        return candidate
    }
}

/// Writes one sheet into a workbook.
private struct SheetWriter {
    private typealias Style = UnsafeMutablePointer<lxw_format>

    private let book: UnsafeMutablePointer<lxw_workbook>
    private let page: UnsafeMutablePointer<lxw_worksheet>
    private let sheet: Sheet
    private let name: String

    init(_ book: UnsafeMutablePointer<lxw_workbook>, _ sheet: Sheet, name: String) throws {
        guard let page = workbook_add_worksheet(book, name) else {
            throw Workbook.Failure(description: "the sheet \(name) could not be added")
        }
        self.book = book
        self.page = page
        self.sheet = sheet
        self.name = name
    }

    private func style(_ change: (Style) -> Void) throws -> Style {
        guard let style = workbook_add_format(book) else {
            throw Workbook.Failure(description: "a format could not be added")
        }
        change(style)
        return style
    }

    private static func number(_ format: Sheet.Format) -> String {
        switch format {
        case .text: "@"
        case .count, .money: "#,##0"
        case .rate: "0.00%"
        case .score: "0.00"
        case .day: "dd/mm/yyyy"
        }
    }

    func write() throws {
        let titled = try style {
            format_set_bold($0)
            format_set_font_size($0, 14)
        }
        let small = try style {
            format_set_italic($0)
            format_set_font_size($0, 9)
        }
        let head = try style {
            format_set_bold($0)
            format_set_bg_color($0, 0xDDE7F3)
            format_set_border($0, UInt8(LXW_BORDER_THIN.rawValue))
            format_set_text_wrap($0)
            format_set_align($0, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        }
        worksheet_write_string(page, 0, 0, sheet.title.both, titled)
        for (index, line) in sheet.subtitles.enumerated() {
            worksheet_write_string(page, UInt32(1 + index), 0, line.both, nil)
        }
        let headRow = UInt32(sheet.subtitles.count + 2)
        worksheet_set_row(page, headRow, 32, nil)
        for (column, meaning) in sheet.columns.enumerated() {
            worksheet_write_string(
                page,
                headRow,
                UInt16(column),
                "\(meaning.title[.vietnamese])\n\(meaning.title[.english])",
                head
            )
        }
        try writeRows(from: headRow + 1)
        let last = headRow + UInt32(sheet.rows.count)
        var next = last + 1
        if let total = sheet.total {
            for (column, cell) in total.enumerated() {
                let summed = try style {
                    format_set_bold($0)
                    format_set_top($0, UInt8(LXW_BORDER_MEDIUM.rawValue))
                    format_set_num_format($0, SheetWriter.number(sheet.columns[column].format))
                }
                write(cell, next, UInt16(column), summed)
            }
            next += 1
        }
        for (index, line) in sheet.footers.enumerated() {
            worksheet_write_string(page, next + 1 + UInt32(index), 0, line.both, small)
        }
        setUp(headRow: headRow, last: last)
        try draw(headRow: headRow, last: last, below: next + UInt32(sheet.footers.count) + 2)
    }

    private func writeRows(from first: UInt32) throws {
        let styles = try sheet.columns.map { column in
            try style {
                format_set_num_format($0, SheetWriter.number(column.format))
                format_set_border($0, UInt8(LXW_BORDER_HAIR.rawValue))
            }
        }
        for (index, row) in sheet.rows.enumerated() {
            for (column, cell) in row.enumerated() {
                write(cell, first + UInt32(index), UInt16(column), styles[column])
            }
        }
    }

    private func write(_ cell: Sheet.Cell, _ row: UInt32, _ column: UInt16, _ style: Style) {
        switch cell {
        case .empty: worksheet_write_blank(page, row, column, style)
        case .text(let text): worksheet_write_string(page, row, column, text, style)
        case .words(let phrase): worksheet_write_string(page, row, column, phrase.both, style)
        // Numbers in a workbook are doubles, which represent whole đồng exactly up to 9 × 10¹⁵.
        case .count(let count): worksheet_write_number(page, row, column, Double(count), style)
        case .money(let money): worksheet_write_number(page, row, column, Double(money.dong), style)
        case .rate(let hundredths): worksheet_write_number(page, row, column, Double(hundredths) / 10_000, style)
        case .score(let hundredths): worksheet_write_number(page, row, column, Double(hundredths) / 100, style)
        case .day(let day):
            var moment = lxw_datetime()
            moment.year = Int32(day.components.year)
            moment.month = Int32(day.components.month)
            moment.day = Int32(day.components.day)
            worksheet_write_datetime(page, row, column, &moment, style)
        }
    }

    private func setUp(headRow: UInt32, last: UInt32) {
        for (column, meaning) in sheet.columns.enumerated() {
            let longest = sheet.rows.prefix(500).map { $0[column].plain.count }.max() ?? 0
            let width = max(meaning.format == .text ? 14 : 12, min(48, longest + longest / 4 + 2))
            worksheet_set_column(page, UInt16(column), UInt16(column), Double(width), nil)
        }
        worksheet_freeze_panes(page, headRow + 1, 1)
        if !sheet.rows.isEmpty {
            worksheet_autofilter(page, headRow, 0, last, UInt16(max(0, sheet.columns.count - 1)))
        }
        worksheet_set_landscape(page)
        worksheet_set_paper(page, 9)
        worksheet_fit_to_pages(page, 1, 0)
        worksheet_repeat_rows(page, headRow, headRow)
        worksheet_set_footer(page, "&L\(sheet.name.replacing("&", with: "&&"))&RTrang &P/&N")
    }

    private func draw(headRow: UInt32, last: UInt32, below row: UInt32) throws {
        guard let chart = sheet.chart, !sheet.rows.isEmpty else { return }
        guard let picture = workbook_add_chart(book, UInt8(LXW_CHART_BAR.rawValue)),
            let series = chart_add_series(picture, nil, nil)
        else { throw Workbook.Failure(description: "the chart could not be added") }
        // More bars than this are not legible.
        let end = min(last, headRow + 40)
        chart_series_set_categories(series, name, headRow + 1, UInt16(chart.categories), end, UInt16(chart.categories))
        chart_series_set_values(series, name, headRow + 1, UInt16(chart.values), end, UInt16(chart.values))
        chart_series_set_name(series, sheet.columns[chart.values].title[.vietnamese])
        chart_title_set_name(picture, chart.title.both)
        chart_legend_set_position(picture, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
        chart_axis_set_reverse(picture.pointee.y_axis)
        var options = lxw_chart_options()
        options.x_scale = 1.6
        options.y_scale = max(1, Double(end - headRow) / 14)
        worksheet_insert_chart_opt(page, row, 0, picture, &options)
    }
}
