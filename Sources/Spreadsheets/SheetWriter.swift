import CXlsxWriter
import Values

/// Writes one sheet into a workbook.
struct SheetWriter {
    private typealias Style = UnsafeMutablePointer<lxw_format>

    private let book: UnsafeMutablePointer<lxw_workbook>
    private let page: UnsafeMutablePointer<lxw_worksheet>
    private let sheet: Sheet
    private let widths: [Int]

    init(_ book: UnsafeMutablePointer<lxw_workbook>, _ sheet: Sheet, name: String) throws {
        guard let page = workbook_add_worksheet(book, name) else {
            throw Workbook.Failure(description: "the sheet \(name) could not be added")
        }
        self.book = book
        self.page = page
        self.sheet = sheet
        widths = SheetWriter.widths(sheet)
    }

    private func style(_ change: (Style) -> Void) throws -> Style {
        guard let style = workbook_add_format(book) else {
            throw Workbook.Failure(description: "a format could not be added")
        }
        // As offices write (Decree 30/2020/NĐ-CP, annex I).
        format_set_font_name(style, "Times New Roman")
        format_set_font_size(style, 11)
        format_set_align(style, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        change(style)
        return style
    }

    private static func centre(_ style: Style) { format_set_align(style, UInt8(LXW_ALIGN_CENTER.rawValue)) }

    private static func number(_ format: Sheet.Format) -> String {
        switch format {
        case .text: "@"
        case .count, .money: "#,##0"
        case .ordinal: "0"
        case .rate: "0.00%"
        case .score: "0.00"
        case .day: "dd/mm/yyyy"
        }
    }

    private var lastColumn: UInt16 { UInt16(max(0, sheet.columns.count - 1)) }

    func write() throws {
        for (column, width) in widths.enumerated() {
            worksheet_set_column(page, UInt16(column), UInt16(column), Double(width), nil)
        }
        var next = try writeHead()
        let headRow = next
        try writeTitles(at: headRow)
        next = try writeRows(from: headRow + 1)
        let last = max(headRow, next - 1)
        if let total = sheet.total {
            try write(total, at: next) {
                format_set_bold($0)
                format_set_top($0, UInt8(LXW_BORDER_MEDIUM.rawValue))
            }
            next += 1
        }
        next = try writeFooters(from: next + 1)
        if !sheet.signers.isEmpty { try writeSigners(from: next + 1) }
        setUp(headRow: headRow, last: last)
    }

    // MARK: Above the table

    /// The name of the state beside whose paper it is, the title and what the table is about; returns the row of its head.
    private func writeHead() throws -> UInt32 {
        var row: UInt32 = 0
        if InstallationMode.current == .test {
            let warning = try style {
                format_set_bold($0)
                format_set_bg_color($0, 0xFFD400)
            }
            let marks = [Language.vietnamese, .english].map { InstallationMode.mark[$0] }
            worksheet_write_string(page, row, 0, marks.joined(separator: " · "), warning)
            row += 1
        }
        if let issuer = sheet.issuer {
            let bold = try style {
                format_set_bold($0)
                format_set_text_wrap($0)
                SheetWriter.centre($0)
            }
            let split = middle
            merge(row, 0, split - 1, issuer.uppercased(), bold)
            merge(row, split, lastColumn, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold)
            let motto = try style {
                format_set_bold($0)
                format_set_underline($0, UInt8(LXW_UNDERLINE_SINGLE.rawValue))
                SheetWriter.centre($0)
            }
            merge(row + 1, split, lastColumn, "Độc lập - Tự do - Hạnh phúc", motto)
            row += 3
        }
        let isForm = sheet.issuer != nil
        let titled = try style {
            format_set_bold($0)
            format_set_font_size($0, 14)
            if isForm { SheetWriter.centre($0) }
        }
        let plain = try style { if isForm { SheetWriter.centre($0) } }
        let title = sheet.title[.vietnamese]
        let lines = [(isForm ? title.uppercased() : title, titled)] + sheet.subtitles.map { ($0[.vietnamese], plain) }
        for (line, style) in lines {
            // What is longer than the table runs on over empty cells to its right; in the middle it would be cut.
            if isForm {
                merge(row, 0, lastColumn, line, style)
            } else {
                worksheet_write_string(page, row, 0, line, style)
            }
            row += 1
        }
        return row + 1
    }

    /// The first column of the right half of the head.
    private var middle: UInt16 {
        let all = widths.reduce(0, +)
        var left = 0
        for (column, width) in widths.enumerated().dropLast() {
            left += width
            if left * 2 >= all || column == widths.count - 2 { return UInt16(column + 1) }
        }
        return 1
    }

    private func merge(_ row: UInt32, _ first: UInt16, _ last: UInt16, _ text: String, _ style: Style) {
        if first < last {
            worksheet_merge_range(page, row, first, row, last, text, style)
        } else {
            worksheet_write_string(page, row, first, text, style)
        }
    }

    // MARK: The table

    private func writeTitles(at row: UInt32) throws {
        let head = try style {
            format_set_bold($0)
            format_set_bg_color($0, 0xDDE7F3)
            format_set_border($0, UInt8(LXW_BORDER_THIN.rawValue))
            format_set_text_wrap($0)
            SheetWriter.centre($0)
        }
        var lines = 1
        for (column, meaning) in sheet.columns.enumerated() {
            let title = [Language.vietnamese, .english].map { meaning.title[$0] }.filter { !$0.isEmpty }
            lines = max(lines, title.reduce(0) { $0 + SheetWriter.lines($1, in: widths[column]) })
            worksheet_write_string(page, row, UInt16(column), title.joined(separator: "\n"), head)
        }
        worksheet_set_row(page, row, Double(lines) * 15 + 4, nil)
    }

    /// Returns the row below the last.
    private func writeRows(from first: UInt32) throws -> UInt32 {
        let styles = try sheet.columns.map { column in
            try style {
                format_set_num_format($0, SheetWriter.number(column.format))
                format_set_border($0, UInt8(LXW_BORDER_HAIR.rawValue))
                if column.format == .text { format_set_text_wrap($0) }
            }
        }
        var next = first
        for (index, row) in sheet.rows.enumerated() {
            for (column, cell) in row.enumerated() { write(cell, next, UInt16(column), styles[column]) }
            next += 1
            guard let sum = sheet.subtotals[index] else { continue }
            try write(sum, at: next) {
                format_set_bold($0)
                format_set_bg_color($0, 0xF2F2F2)
                format_set_border($0, UInt8(LXW_BORDER_HAIR.rawValue))
            }
            next += 1
        }
        return next
    }

    private func write(_ cells: [Sheet.Cell], at row: UInt32, _ change: (Style) -> Void) throws {
        for (column, cell) in cells.enumerated() {
            let summed = try style {
                format_set_num_format($0, SheetWriter.number(sheet.columns[column].format))
                change($0)
            }
            write(cell, row, UInt16(column), summed)
        }
    }

    private func write(_ cell: Sheet.Cell, _ row: UInt32, _ column: UInt16, _ style: Style) {
        switch cell {
        case .empty: worksheet_write_blank(page, row, column, style)
        case .text(let text): worksheet_write_string(page, row, column, text, style)
        case .words(let phrase), .term(let phrase):
            worksheet_write_string(page, row, column, phrase[.vietnamese], style)
        // Numbers in a workbook are doubles, which represent whole đồng exactly up to 9 × 10¹⁵.
        case .count(let count), .ordinal(let count): worksheet_write_number(page, row, column, Double(count), style)
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

    // MARK: Below the table

    private func writeFooters(from first: UInt32) throws -> UInt32 {
        let small = try style {
            format_set_italic($0)
            format_set_font_size($0, 9)
            format_set_text_wrap($0)
        }
        for (index, line) in sheet.footers.enumerated() {
            let (row, text) = (first + UInt32(index), line[.vietnamese])
            merge(row, 0, lastColumn, text, small)
            worksheet_set_row(page, row, Double(SheetWriter.lines(text, in: widths.reduce(0, +))) * 13, nil)
        }
        return first + UInt32(sheet.footers.count)
    }

    /// Places to sign side by side, below the place and the day.
    private func writeSigners(from first: UInt32) throws {
        let italic = try style {
            format_set_italic($0)
            SheetWriter.centre($0)
        }
        let bold = try style {
            format_set_bold($0)
            format_set_text_wrap($0)
            SheetWriter.centre($0)
        }
        merge(first, middle, lastColumn, "……………, ngày …… tháng …… năm ………", italic)
        let (columns, places) = (sheet.columns.count, min(sheet.signers.count, sheet.columns.count))
        for (place, signer) in sheet.signers.prefix(places).enumerated() {
            let (from, to) = (UInt16(columns * place / places), UInt16(columns * (place + 1) / places - 1))
            merge(first + 1, from, to, signer.office[.vietnamese].uppercased(), bold)
            merge(first + 2, from, to, signer.name == nil ? "(Ký, ghi rõ họ tên)" : "(Đã ký trên hệ thống)", italic)
            if let name = signer.name { merge(first + 6, from, to, name, bold) }
        }
    }

    // MARK: The page

    /// How many lines a text takes in a column of so many characters.
    private static func lines(_ text: String, in width: Int) -> Int {
        let width = max(1, width - 1)
        var (lines, left) = (1, width)
        for word in text.split(separator: " ") {
            // Bold letters are wider than the digits that widths are counted in.
            let length = word.count + word.count / 8
            if length > left, left < width {
                lines += 1
                left = width
            }
            left -= length + 1
        }
        return lines
    }

    /// In characters: what the rows need, and what the words of the head need.
    private static func widths(_ sheet: Sheet) -> [Int] {
        var widths = sheet.columns.enumerated().map { column, meaning in
            let rows = sheet.rows.prefix(500) + sheet.subtotals.values.prefix(100) + (sheet.total.map { [$0] } ?? [])
            let longest = rows.map { $0[column].shown(in: .vietnamese).count }.max() ?? 0
            let words = [Language.vietnamese, .english].flatMap { meaning.title[$0].split(separator: " ") }
            let head = (words.map(\.count).max() ?? 0) + 3
            return max(head, meaning.format == .text ? 8 : 11, min(44, longest + longest / 8 + 2))
        }
        guard sheet.issuer != nil || !sheet.signers.isEmpty else { return widths }
        // Room for the name of the state beside whose paper it is.
        let missing = 92 - widths.reduce(0, +)
        if missing > 0 { for column in widths.indices { widths[column] += missing / widths.count + 1 } }
        return widths
    }

    private func setUp(headRow: UInt32, last: UInt32) {
        worksheet_freeze_panes(page, headRow + 1, 1)
        // A filter would hide rows from their sums.
        if !sheet.rows.isEmpty, sheet.subtotals.isEmpty { worksheet_autofilter(page, headRow, 0, last, lastColumn) }
        if widths.reduce(0, +) > 100 { worksheet_set_landscape(page) }
        worksheet_set_paper(page, 9)
        worksheet_fit_to_pages(page, 1, 0)
        worksheet_repeat_rows(page, headRow, headRow)
        worksheet_set_footer(page, "&L\(sheet.name.replacing("&", with: "&&"))&RTrang &P/&N")
    }
}
