import Collection
import Spreadsheets
import Values

extension ReportPage {
    static func table(
        _ table: ReportTable,
        _ address: ReportAddress,
        mayOpenStories: Bool,
        _ word: Wording
    ) -> Table {
        let sheet = table.sheet
        let shown = columns(table, word)
        let most = table.isShaded ? sheet.rows.flatMap { $0.dropLast().compactMap(count) }.max() ?? 0 : 0
        // The head of a row is never empty.
        let sum = word(vi: "Cộng", en: "Sum")
        func row(_ cells: [Sheet.Cell], _ adds: [String: String]?, isSum: Bool = false) -> Row {
            let made = shown.map { place in
                let column = sheet.columns[place]
                let isShaded = table.isShaded && !isSum && place < sheet.columns.count - 1
                let isNothing = count(cells[place]) == 0
                return Cell(
                    text: isSum && cells[place] == .empty ? (place == shown[0] ? sum : "") : text(cells[place], word),
                    label: word[column.title],
                    isNumber: column.format != .text,
                    shade: isShaded ? count(cells[place]).map { String(shade($0, of: most)) } : nil,
                    href: isNothing
                        ? nil : table.address(column.key, adds, from: address, mayOpenStories: mayOpenStories)
                )
            }
            return Row(first: made[0], cells: Array(made.dropFirst()), isSum: isSum)
        }
        let rows = sheet.rows.prefix(table.most).enumerated().flatMap { place, cells in
            [row(cells, place < table.rows.count ? table.rows[place] : nil)]
                + (sheet.subtotals[place].map { [row($0, table.subtotals[place], isSum: true)] } ?? [])
        }
        let left = sheet.rows.count - table.most
        return Table(
            title: word[sheet.title],
            subtitles: sheet.subtitles.map { word[$0] },
            heads: shown.map { Head(name: word[sheet.columns[$0].title], isNumber: sheet.columns[$0].format != .text) },
            rows: rows + (sheet.total.map { [row($0, table.total, isSum: true)] } ?? []),
            isEmpty: sheet.rows.isEmpty,
            more: left > 0
                ? word(
                    vi: "Còn \(word.number(left)) dòng nữa: tải tệp về để xem.",
                    en: "\(word.number(left)) more rows: they are in the files."
                ) : nil,
            notes: sheet.footers.map { word[$0] },
            chart: sheet.rows.isEmpty ? nil : chart(table, word)
        )
    }

    /// The columns to show: the brief ones and those that the table names, with names in the language of the page.
    private static func columns(_ table: ReportTable, _ word: Wording) -> [Int] {
        let columns = table.sheet.columns
        let hasBoth = columns.contains { $0.key == "name_en" }
        return columns.indices.filter { place in
            switch columns[place].key {
            case "name_vi" where hasBoth: word.language == .vietnamese
            case "name_en": word.language == .english
            case let key: columns[place].isBrief || table.more.contains(key)
            }
        }
    }

    private static func count(_ cell: Sheet.Cell) -> Int64? {
        if case .count(let count) = cell { count } else { nil }
    }

    /// From 0, nothing, to 5, nearly the most.
    private static func shade(_ count: Int64, of most: Int64) -> Int {
        count == 0 || most == 0 ? 0 : Int((count * 5 + most - 1) / most)
    }

    private static func text(_ cell: Sheet.Cell, _ word: Wording) -> String {
        switch cell {
        case .empty: "–"
        case .text(let text): text
        case .words(let phrase), .term(let phrase): word[phrase]
        case .count(let count): word.number(count)
        case .ordinal(let number): String(number)
        case .money(let money): word.number(money.dong)
        case .rate(let hundredths): RatesPage.percent(hundredths, word)
        case .score(let hundredths): RatesPage.points(hundredths, word)
        case .day(let day): day.formatted
        }
    }

    private static func chart(_ table: ReportTable, _ word: Wording) -> String? {
        if table.isMix { return mix(table.sheet, word) }
        guard let chart = table.sheet.chart else { return nil }
        let column = table.sheet.columns[chart.values]
        let title =
            word[chart.title] + word(vi: ". Bảng bên dưới có cùng số liệu.", en: ". The table below says the same.")
        var rows = table.sheet.rows
        func value(_ row: [Sheet.Cell], _ place: Int) -> Int64? {
            switch row[place] {
            case .rate(let hundredths): hundredths
            case .money(let money): money.dong
            default: nil
            }
        }
        rows.sort { (value($0, chart.values) ?? -1) > (value($1, chart.values) ?? -1) }
        let drawn = rows.filter { value($0, chart.values) != nil }.prefix(30)
        guard !drawn.isEmpty else { return nil }
        func name(_ row: [Sheet.Cell]) -> String { text(row[chart.categories], word) }
        if column.format == .money {
            // Several rows of one name, such as a fee that several agencies take, are one bar.
            let sums = Dictionary(rows.map { (name($0), value($0, chart.values) ?? 0) }, uniquingKeysWith: +)
            let amounts = sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(20).map {
                ($0.key, Money($0.value))
            }
            return BarChart(amounts: amounts, title: title, word).svg
        }
        let bars = drawn.map { row in
            let rate = value(row, chart.values)
            return BarChart.Bar(
                name: name(row),
                value: rate.map { min(10_000, max(0, $0)) },
                target: chart.targets.flatMap { value(row, $0) },
                label: rate.map { RatesPage.percent($0, word) } ?? "—"
            )
        }
        return BarChart(bars: bars, title: title).svg
    }

    /// The share of each row in all payments.
    private static func mix(_ sheet: Sheet, _ word: Wording) -> String? {
        guard let paid = sheet.columns.firstIndex(where: { $0.key == "paid_requests" }),
            let name = sheet.columns.firstIndex(where: {
                $0.key == (word.language == .vietnamese ? "name_vi" : "name_en")
            })
        else { return nil }
        let all = sheet.rows.compactMap { count($0[paid]) }.reduce(0, +)
        let bars = sheet.rows.sorted { (count($0[paid]) ?? 0) > (count($1[paid]) ?? 0) }.map { row in
            let share = Rate(count(row[paid]) ?? 0, of: all)
            return BarChart.Bar(
                name: text(row[name], word),
                value: share.hundredths,
                target: nil,
                label: RatesPage.percent(share, word)
            )
        }
        let title = word(
            vi: "Phần của từng kênh trong mọi khoản. Bảng bên dưới có cùng số liệu.",
            en: "The share of each channel in all payments. The table below says the same."
        )
        return BarChart(bars: bars, title: title).svg
    }
}
